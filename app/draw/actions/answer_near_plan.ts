import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { fail, ok, type Result } from '#lib/result'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { notify } from '#messages/public'
import { peopleOf } from '#identity/public'
import { planForDraw } from '#plans/public'
import { lockReview, reviewOfPlan, reviewStream } from '#reviews/public'
import { lineOf } from '#draw/near_plans/plan_line'
import { drawOfReview } from '#draw/queries/draws'

export interface NearPlanAnswer {
  readonly id: string
  readonly same: boolean
  readonly reason: string
}

/**
 * Rule DRAW-6. The centre's answer whether a plan is an earlier one, with its reason, on record. If it is, it
 * comes under that plan's one draw and what bars it; questions about other plans are settled with it. An answer
 * can be put right until the plan has a draw.
 */
export async function answerNearPlan(
  actor: Actor,
  answer: NearPlanAnswer
): Promise<Result<{ state: string }, { code: 'E_PLAN_DRAWN' }>> {
  return recordResult(actor, async (unit): Promise<Result<{ state: string }, { code: 'E_PLAN_DRAWN' }>> => {
    const asked = await unit.trx.from('near_plans').where('id', answer.id).first()
    if (!asked) throw notFound()
    const current = (await reviewOfPlan(asked.plan_id, unit.trx))!
    const review = await lockReview(unit.trx, current.id)
    const row = await unit.trx.from('near_plans').where('id', answer.id).forUpdate().firstOrFail()
    const state = answer.same ? 'same' : 'different'
    if (row.state === state && row.reason === answer.reason) return ok({ state })
    if (await drawOfReview(review.id, unit.trx)) return fail({ code: 'E_PLAN_DRAWN' })
    await unit.update('near_plans', row.id, {
      state,
      reason: answer.reason,
      answered_by: unit.actor.userId,
      answered_at: unit.at,
    })
    if (answer.same || row.state === 'same') await settleOthers(unit, row, answer.same)
    // Throws where the answers would make two plans each other's earlier one.
    await lineOf(unit.trx, row.plan_id)
    unit.entry({
      stream: reviewStream(review.id),
      type: 'plan.near_another_answered',
      payload: { plan: row.plan_id, earlier: row.earlier_plan_id, state, reason: answer.reason },
    })
    await tell(unit, row.plan_id, review.id, answer.same)
    return ok({ state })
  })
}

/** A plan is one earlier plan at most; taken back, the other questions are open again. */
async function settleOthers(
  unit: UnitOfWork,
  row: { id: string; plan_id: string },
  same: boolean
): Promise<void> {
  const others = await unit.trx
    .from('near_plans')
    .where('plan_id', row.plan_id)
    .whereNot('id', row.id)
    .whereIn('state', same ? ['open', 'same'] : ['settled'])
    .orderBy('id')
  for (const other of others) await unit.update('near_plans', other.id, { state: same ? 'settled' : 'open' })
}

async function tell(unit: UnitOfWork, planId: string, reviewId: string, same: boolean): Promise<void> {
  const plan = await planForDraw(unit.trx, planId)
  const hosts = [
    ...(await peopleOf(plan.organisationId, ['organiser'])),
    ...(plan.agencyId ? await peopleOf(plan.agencyId, ['agency']) : []),
  ]
  await notify(unit, {
    userIds: hosts.map(({ userId }) => userId),
    kind: same ? 'near_plan.same' : 'near_plan.different',
    params: { plan: plan.name },
    href: `/draws/start/${reviewId}`,
    objectId: reviewId,
  })
}
