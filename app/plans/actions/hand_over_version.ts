import type { Actor } from '#core/actor'
import { fail, ok, type Result } from '#lib/result'
import { notify } from '#messages/public'
import type { UnitOfWork } from '#ledger/public'
import { advance, reviewStream, setReviewFacts, type AdvanceError, type Review } from '#reviews/public'
import { inPlan } from '#plans/actions/in_open_plan'
import type { Lack } from '#plans/domain/what_a_plan_still_lacks'
import type { PlanRow } from '#plans/models/rows'
import { lackingNow } from '#plans/queries/plan_content'

export type HandOverError =
  AdvanceError | { code: 'E_PLAN_LACKS'; lacks: Lack[] } | { code: 'E_VERSION_FIXED'; number: number }

/**
 * PLAN-7, first step: the writer has ticked the list and hands the version to the technical head. From here
 * on nothing of the version changes.
 */
export async function handOverVersion(actor: Actor, planId: string) {
  return inPlan<{ version: number }, HandOverError>(actor, planId, ({ unit, plan, review }) =>
    handOver(unit, plan, review)
  )
}

/** As part of another use case: a revision after the meeting goes through PLAN-3 again. */
export async function handOver(
  unit: UnitOfWork,
  plan: PlanRow,
  review: Review
): Promise<Result<{ version: number }, HandOverError>> {
  const { lacks, works, parties, version } = await lackingNow(unit.trx, plan, review)
  if (lacks.length > 0) return fail({ code: 'E_PLAN_LACKS', lacks })
  if (version!.state !== 'draft') return fail({ code: 'E_VERSION_FIXED', number: version!.number })
  await unit.update('plan_versions', version!.id, {
    works: works.map(({ category, parameters, context }) => ({ category, parameters, context })),
  })
  await unit.update('plan_versions', version!.id, { state: 'self_checked' })
  unit.entry({
    stream: reviewStream(review.id),
    type: 'plan.self_checked',
    payload: { version: version!.id, sha256: version!.sha256 },
  })
  if (review.state === 'DRAFT') {
    await setReviewFacts(unit, review.id, {
      reviewRequired: plan.review_required === true || plan.voluntary_reason !== null,
    })
    const moved = await advance(unit, { reviewId: review.id, event: 'self_check', as: 'contractor' })
    if (!moved.ok) return moved
  }
  // REP-3: a revision goes to the panel's leader first; the reviewers are called when the leader has agreed.
  if (review.state === 'REVISING') return ok({ version: version!.number })
  const roles = plan.by_subcontractor ? ['subcontractor', 'general_contractor'] : ['general_contractor']
  await notify(unit, {
    userIds: parties.flatMap((party) =>
      roles.includes(party.role) && party.lead_user_id ? [party.lead_user_id] : []
    ),
    kind: 'plan.to_review',
    params: { plan: plan.name, number: plan.number, version: version!.number },
    href: `/plans/${plan.id}/review`,
    objectId: plan.id,
  })
  return ok({ version: version!.number })
}
