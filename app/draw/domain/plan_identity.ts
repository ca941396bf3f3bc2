import { normalPlanIdentity, type PlanIdentity } from '#lib/draw/plan_key'
import { ok, type Result } from '#lib/result'
import { planKeyInputs, type PlanKeyError } from '#plans/rules'
import type { Work } from './facts.ts'

/** Rule DRAW-6. What makes a plan the same plan for life, opened so that anyone can hash it again. */
export function planIdentityOf(
  plan: { permit: string; part: string; works: readonly Work[] },
  round: number
): Result<PlanIdentity, PlanKeyError> {
  const inputs = planKeyInputs({
    permit_code: plan.permit,
    part: plan.part,
    categories: plan.works.map(({ category }) => category),
    round,
  })
  if (!inputs.ok) return inputs
  const { permit_code: permit, categories, part } = inputs.value
  return ok(normalPlanIdentity({ permit, categories, part, round }))
}
