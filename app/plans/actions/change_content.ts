import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { fail, ok } from '#lib/result'
import type { UnitOfWork } from '#ledger/public'
import { reviewStream } from '#reviews/public'
import { inPlan } from '#plans/actions/in_open_plan'
import type { Tick } from '#plans/domain/severe_defect_stops_the_next_step'
import type { PageRange } from '#plans/domain/what_a_plan_still_lacks'
import type { CheckStep } from '#plans/models/rows'
import { versionsOf } from '#plans/queries/load_plan'

export interface VersionContent {
  readonly chapters?: readonly PageRange[]
  readonly drawings?: readonly PageRange[]
  readonly ticks?: readonly Tick[]
}

/** Notes where in a draft version things stand. Autosaved: whatever is incomplete is said elsewhere. */
export async function changeContent(actor: Actor, planId: string, number: number, content: VersionContent) {
  return inPlan(actor, planId, async ({ unit, plan, review }) => {
    const [latest] = await versionsOf(plan.id, unit.trx)
    if (!latest || latest.number !== number || latest.state !== 'draft')
      return fail({ code: 'E_VERSION_FIXED' as const, number })
    const set = {
      ...(content.chapters ? { chapters: content.chapters } : {}),
      ...(content.drawings ? { drawings: content.drawings } : {}),
    }
    if (Object.keys(set).length > 0) await unit.update('plan_versions', latest.id, set)
    if (content.ticks) await putCheck(unit, latest.id, 'writing', content.ticks)
    unit.entry({
      stream: reviewStream(review.id),
      type: 'plan.content_noted',
      payload: { version: latest.id },
    })
    return ok({ savedAt: unit.at.toISOString() })
  })
}

/** PLAN-7: one list of ticks per version and step; writing it again replaces it. */
export async function putCheck(
  unit: UnitOfWork,
  versionId: string,
  step: CheckStep,
  ticks: readonly Tick[]
): Promise<void> {
  const existing = await unit.trx.from('plan_defect_checks').where({ version_id: versionId, step }).first()
  const set = { items: ticks, by_user_id: unit.actor.userId!, at: unit.at }
  if (existing) await unit.update('plan_defect_checks', existing.id, set)
  else await unit.insert('plan_defect_checks', { id: newId(), version_id: versionId, step, ...set })
}
