import { regulation } from '#core/jurisdiction'
import type { UnitOfWork } from '#ledger/public'
import { clearDeadline, setDeadline } from '#messages/public'
import { answersDeadline, reviewStream, type Review } from '#reviews/public'
import type { RevisionRow } from '#reports/revision/models/rows'
import { itemsOf } from '#reports/revision/queries/load_revision'
import { concernedWith, planHead, tell } from '#reports/revision/tell'

const REMIND_BEFORE_MS = 48 * 3_600_000

/**
 * Rules REP-3, REP-10: the contractor's turn, with its deadline. Counted afresh whenever the review comes back to
 * the contractor, so that a revision that was sent back late can still be in time.
 */
export async function callForAnswers(unit: UnitOfWork, review: Review, revision: RevisionRow): Promise<void> {
  if (revision.answering_since?.getTime() === review.stateSince.getTime()) return
  const due = answersDeadline(review.stateSince, await regulation())
  await unit.update('revisions', revision.id, { answering_since: review.stateSince, answers_due_at: due.at })
  unit.entry({
    stream: reviewStream(review.id),
    type: 'revision.answers_called',
    payload: { revision: revision.id, due: due.at, provisional: due.provisional },
  })
  const plan = await planHead(unit, revision.plan_id)
  const { contractor } = await concernedWith(unit, plan, revision.report_id)
  const count = (await itemsOf(revision.id, unit.trx)).length
  const kind = review.conclusion === 'PASS' ? 'advice_answers' : 'revision_answers'
  const params = { plan: plan.name, number: review.number, count, dueAt: due.at.toISOString() }
  const href = `/revisions/${review.id}`
  const sms = `论证 ${review.number ?? ''} 报告已签发，${count} 条意见待回复。`
  await tell(unit, { userIds: contractor, kind: `${kind}.called`, params, href, objectId: review.id }, sms)
  await clearAnswerDeadlines(unit, review.id)
  const remindAt = new Date(due.at.getTime() - REMIND_BEFORE_MS)
  for (const userId of new Set(contractor))
    await setDeadline(unit, { objectId: review.id, kind, userId, params, href, dueAt: due.at, remindAt })
  await setDeadline(unit, {
    objectId: review.id,
    kind: 'answers_close',
    userId: null,
    params,
    href,
    dueAt: due.at,
  })
}

export async function clearAnswerDeadlines(unit: UnitOfWork, reviewId: string): Promise<void> {
  for (const kind of ['revision_answers', 'advice_answers', 'answers_close'])
    await clearDeadline(unit, { objectId: reviewId, kind })
}
