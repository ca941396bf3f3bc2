import { randomBytes } from 'node:crypto'
import { newId } from '#core/ids'
import { regulation } from '#core/jurisdiction'
import type { UnitOfWork } from '#ledger/public'
import { notify, setDeadline } from '#messages/public'
import { lockPlan } from '#plans/public'
import { filingDeadline, reviewById, reviewStream } from '#reviews/public'
import { newPublicCode } from '#reports/domain/public_code'
import { reportOfReview } from '#reports/queries/load_report'
import type { MeetingFacts } from '#reports/sources'

const REMIND_BEFORE_MS = 24 * 3_600_000

/**
 * Rules REP-1 and MEET-4: the panel has concluded, so its report exists, with the text as the meeting left it
 * for the leader to read over. In the transaction of the conclusion; again it does nothing.
 */
export async function openReport(unit: UnitOfWork, reviewId: string, meeting: MeetingFacts): Promise<string> {
  const known = await reportOfReview(reviewId, unit.trx)
  if (known) return known.id
  const review = await reviewById(reviewId)
  if (!review) throw new Error(`No review ${reviewId}`)
  const plan = await lockPlan(unit.trx, review.planId)
  const rules = await regulation()
  const id = newId()
  const most = rules.values['report.summary_maximum_characters'].value
  await unit.insert('reports', {
    id,
    review_id: reviewId,
    plan_id: plan.id,
    code: newPublicCode(randomBytes),
    state: 'writing',
    overview: [...plan.summary].slice(0, most).join(''),
    answers: {
      complete: meeting.judgements.complete,
      calculation: meeting.judgements.calculations,
      site: meeting.judgements.site,
    },
    texts_revision: 0,
    texts_saved_at: unit.at,
    edition: 0,
    created_at: unit.at,
    issued_at: null,
  })
  await seatMembers(unit, id, meeting)
  unit.entry({ stream: reviewStream(reviewId), type: 'report.opened', payload: { report: id } })
  const leader = meeting.seats.find(({ role }) => role === 'leader')
  if (leader) {
    const params = { plan: plan.name, number: review.number }
    const href = `/reports/${id}`
    const dueAt = filingDeadline(meeting.endedAt, rules).at
    await notify(unit, { userIds: [leader.userId], kind: 'report_to_write', params, href, objectId: id })
    await setDeadline(unit, {
      objectId: id,
      kind: 'report_to_write',
      userId: leader.userId,
      params,
      href,
      dueAt,
      remindAt: new Date(dueAt.getTime() - REMIND_BEFORE_MS),
    })
  }
  return id
}

async function seatMembers(unit: UnitOfWork, reportId: string, meeting: MeetingFacts): Promise<void> {
  const inOrder = meeting.seats.toSorted(
    (a, b) => Number(b.role === 'leader') - Number(a.role === 'leader') || (a.letter < b.letter ? -1 : 1)
  )
  for (const [position, seat] of inOrder.entries())
    await unit.insert('report_members', {
      id: newId(),
      report_id: reportId,
      user_id: seat.userId,
      position,
      letter: seat.letter,
      role: seat.role,
      name: seat.name,
      employer: seat.employer,
      roster_no: seat.rosterNo,
    })
}
