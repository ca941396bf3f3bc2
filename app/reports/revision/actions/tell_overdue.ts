import type { UnitOfWork } from '#ledger/public'
import { reviewById, reviewStream } from '#reviews/public'
import { revisionOf } from '#reports/revision/queries/load_revision'
import { concernedWith, planHead, tell } from '#reports/revision/tell'

/** REP-3: a deadline of the contractor or the leader has passed; who waits for it and the centre are told too. */
export async function tellOverdue(
  unit: UnitOfWork,
  reviewId: string,
  whose: 'contractor' | 'leader'
): Promise<void> {
  const revision = await revisionOf(reviewId, unit.trx)
  const review = await reviewById(reviewId)
  if (!revision || !review || revision.closed_at) return
  const plan = await planHead(unit, revision.plan_id)
  const { contractor, supervisors, centre } = await concernedWith(unit, plan, revision.report_id)
  unit.entry({
    stream: reviewStream(reviewId),
    type: 'revision.overdue',
    payload: { revision: revision.id, whose },
  })
  const notice = {
    userIds: [...contractor, ...(whose === 'leader' ? [revision.leader_user_id] : supervisors), ...centre],
    kind: whose === 'leader' ? 'revision.check_overdue' : 'revision.answers_overdue',
    params: { plan: plan.name, number: review.number },
    href: `/revisions/${reviewId}`,
    objectId: reviewId,
  }
  const sms = whose === 'leader' ? '组长审查意见已逾期。' : '意见回复已逾期。'
  await tell(unit, notice, `论证 ${review.number ?? ''} ${sms}`)
}
