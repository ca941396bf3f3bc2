import { newId } from '#core/ids'
import { regulation } from '#core/jurisdiction'
import type { UnitOfWork } from '#ledger/public'
import { clearDeadline, setDeadline } from '#messages/public'
import { filingDeadline, reviewStream, type Review } from '#reviews/public'
import { filingOf } from '#reports/filing/queries/filing_parts'
import type { FilingRow } from '#reports/revision/models/rows'
import { meetingRecord } from '#reports/revision/sources'
import { concernedWith, planHead, tell } from '#reports/revision/tell'

const REMIND_BEFORE_MS = 24 * 3_600_000

/**
 * Rule REP-5: from the end of the meeting the papers are due. Tells the hosts what by when, sets the reminder
 * before the deadline and the row that the scan acts on when it passes. Again it does nothing.
 */
export async function openFiling(unit: UnitOfWork, review: Review): Promise<FilingRow | null> {
  const known = await filingOf(review.id, unit.trx)
  if (known) return known
  const meeting = await meetingRecord(review.id, unit.trx)
  if (!meeting) return null
  const due = filingDeadline(meeting.endedAt, await regulation())
  const id = newId()
  await unit.insert('filings', {
    id,
    review_id: review.id,
    plan_id: review.planId,
    meeting_ended_at: meeting.endedAt,
    due_at: due.at,
    provisional: due.provisional,
    late_told_at: null,
    completed_at: null,
  })
  unit.entry({ stream: reviewStream(review.id), type: 'filing.opened', payload: { filing: id, due: due.at } })
  await callForPapers(unit, review, due.at)
  return filingOf(review.id, unit.trx)
}

async function callForPapers(unit: UnitOfWork, review: Review, dueAt: Date): Promise<void> {
  const plan = await planHead(unit, review.planId)
  const { hosts } = await concernedWith(unit, plan, null)
  const params = { plan: plan.name, number: review.number, dueAt: dueAt.toISOString() }
  const href = `/revisions/${review.id}/filing`
  const notice = { userIds: hosts, kind: 'filing.opened', params, href, objectId: review.id }
  await tell(unit, notice, `论证 ${review.number ?? ''} 会议已结束，资料待上传。`)
  const remindAt = new Date(dueAt.getTime() - REMIND_BEFORE_MS)
  for (const userId of new Set(hosts))
    await setDeadline(unit, {
      objectId: review.id,
      kind: 'filing_documents',
      userId,
      params,
      href,
      dueAt,
      remindAt,
    })
  await setDeadline(unit, { objectId: review.id, kind: 'filing_closes', userId: null, params, href, dueAt })
}

export async function clearFilingDeadlines(unit: UnitOfWork, reviewId: string): Promise<void> {
  await clearDeadline(unit, { objectId: reviewId, kind: 'filing_documents' })
  await clearDeadline(unit, { objectId: reviewId, kind: 'filing_closes' })
}
