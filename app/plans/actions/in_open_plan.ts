import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { fail, type Result } from '#lib/result'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { lockReview, reviewOfPlan, type Review, type ReviewState } from '#reviews/public'
import { contentIsOpen } from '#plans/domain/a_version_under_review_cannot_change'
import type { PlanRow } from '#plans/models/rows'
import { mayEdit } from '#plans/policies/visible_plans'
import { lockPlan, planFor } from '#plans/queries/load_plan'

export type PlanFixed = { code: 'E_PLAN_FIXED'; state: ReviewState }
interface Open {
  readonly unit: UnitOfWork
  readonly plan: PlanRow
  readonly review: Review
}

/** Runs a use case of the writers on a locked plan. @throws 404 for whoever is not a writer of it. */
export async function inPlan<T, E extends { code: string }>(
  actor: Actor,
  planId: string,
  work: (open: Open) => Promise<Result<T, E>>
): Promise<Result<T, E>> {
  const seen = await planFor(actor, planId)
  if (!mayEdit(actor, seen)) throw notFound()
  return recordResult(actor, async (unit) => {
    const plan = await lockPlan(unit.trx, planId)
    const current = await reviewOfPlan(planId, unit.trx)
    if (!current) throw new Error(`Plan ${planId} has no review`)
    const review = await lockReview(unit.trx, current.id)
    return work({ unit, plan, review })
  })
}

/** As `inPlan`, only while the plan's content may still change (PLAN-4). */
export async function inOpenPlan<T, E extends { code: string }>(
  actor: Actor,
  planId: string,
  work: (open: Open) => Promise<Result<T, E>>
): Promise<Result<T, E | PlanFixed>> {
  return inPlan<T, E | PlanFixed>(actor, planId, async (open) => {
    if (!contentIsOpen(open.review.state)) return fail({ code: 'E_PLAN_FIXED', state: open.review.state })
    return work(open)
  })
}
