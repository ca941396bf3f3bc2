import { regulation } from '#core/jurisdiction'
import { assessPlan } from '#plans/domain/assess_all'
import type { Work } from '#plans/models/rows'

/** PLAN-1 over the works as they are entered; what the plan's row keeps of it. */
export async function assessWorks(works: readonly Work[], at: Date) {
  const rules = await regulation()
  const found = works.length > 0 ? assessPlan(works, rules) : null
  const assessed = found !== null && !('errors' in found)
  return {
    errors: found && 'errors' in found ? found.errors : [],
    columns: {
      assessment: assessed ? { works: found.works } : null,
      hazardous: assessed ? found.hazardous : null,
      review_required: assessed ? found.review_required : null,
      assessed_at: assessed ? at : null,
      regulation_hash: rules.hash,
    },
  }
}
