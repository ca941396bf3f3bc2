import type { Actor } from '#core/actor'
import { fail, ok, type Result } from '#lib/result'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { clearDeadline } from '#messages/public'
import { lockReview, reviewStream } from '#reviews/public'
import { notifyHosts } from '#draw/actions/complete_draw'
import { leaveSeat } from '#draw/actions/leave_seat'
import { mendPanel } from '#draw/actions/mend_panel'
import { answerCounts } from '#draw/domain/answer_counts'
import { nextPlace } from '#draw/domain/place_transitions'
import { reasonIsGiven } from '#draw/domain/reasons_of_leaving'
import { wakeDraws } from '#draw/jobs/work_off_draws'
import type { DrawRow, SeatRow } from '#draw/models/draw'
import { lockDraw, touch } from '#draw/queries/draws'

export type Answer = 'accept' | 'decline' | 'recuse' | 'withdraw'

export interface AnswerInput {
  readonly seatId: string
  readonly answer: Answer
  readonly reasonCode: string | null
  readonly reason: string
  readonly by: 'session' | 'link'
}

const BEFORE_THE_MEETING = ['DRAWN', 'INVITING', 'PANEL_CONFIRMED', 'PRE_REVIEW', 'SCHEDULED']
const SETTLED: Partial<Record<Answer, readonly string[]>> = {
  accept: ['ACCEPTED', 'PANEL', 'ALTERNATE'],
  decline: ['UNAVAILABLE'],
  recuse: ['RECUSED'],
  withdraw: ['WITHDRAWN'],
}

/**
 * Rule DRAW-7. An expert's own answer, from their own session or their own link; nobody else's counts. The
 * same answer again (a double click, a second tab) changes nothing; another one after it is refused.
 * The caller has made sure that `actor` holds the place.
 */
export async function answerInvitation(
  actor: Actor,
  input: AnswerInput
): Promise<Result<{ state: string }, { code: string }>> {
  const result = await recordResult(actor, (unit) => giveAnswer(unit, input))
  if (result.ok) wakeDraws()
  return result
}

/** As `answerInvitation`, inside a transaction of the caller's. */
export async function giveAnswer(
  unit: UnitOfWork,
  input: AnswerInput
): Promise<Result<{ state: string }, { code: string }>> {
  // Before the draw, as the scan of deadlines does: else the two could wait for one another.
  await unit.trx.from('deadlines').where({ object_id: input.seatId, kind: 'invitation_answer' }).forUpdate()
  const place = await unit.trx.from('draw_seats').where('id', input.seatId).select('draw_id').firstOrFail()
  const draw = await lockDraw(unit.trx, place.draw_id)
  const seat: SeatRow = await unit.trx.from('draw_seats').where('id', input.seatId).firstOrFail()
  if (SETTLED[input.answer]!.includes(seat.left_as ?? seat.state)) return ok({ state: seat.state })
  const review = await lockReview(unit.trx, draw.review_id)
  if (!BEFORE_THE_MEETING.includes(review.state))
    return fail({ code: 'E_INVITATION_CLOSED', state: review.state })
  if (!reasonIsGiven(input.answer, input.reasonCode, input.reason)) return fail({ code: 'E_REASON_MISSING' })
  const move = nextPlace(seat.state, input.answer, 'expert')
  if (!move.ok) return fail({ code: 'E_PLACE_STATE', state: seat.state, answer: input.answer })
  const late = tooLate(seat, input, unit.at)
  if (late) return fail({ code: 'E_ANSWER_LATE', dueAt: seat.answer_due_at!.toISOString() })
  if (input.answer === 'accept') await accept(unit, draw, seat, input.by)
  else await leave(unit, draw, seat, { ...input, answer: input.answer })
  return ok({ state: move.value.to })
}

function tooLate(seat: SeatRow, { answer, reasonCode, reason }: AnswerInput, at: Date): boolean {
  if (answer === 'withdraw' || !seat.answer_due_at || seat.state !== 'INVITED') return false
  const given = {
    kind: answer,
    given_at: at,
    from: 'expert' as const,
    confirmed_by_expert_at: null,
    reason: reasonCode ?? reason,
  }
  const counted = answerCounts(given, seat.answer_due_at)
  return !counted.ok && counted.error.code === 'answered_too_late'
}

async function accept(unit: UnitOfWork, draw: DrawRow, seat: SeatRow, by: 'session' | 'link'): Promise<void> {
  await unit.update('draw_seats', seat.id, { state: 'ACCEPTED', answered_at: unit.at, answered_by: by })
  await unit.trx
    .from('draw_invitation_links')
    .where('seat_id', seat.id)
    .whereNull('used_at')
    .update({ used_at: unit.at })
  await clearDeadline(unit, { objectId: seat.id, kind: 'invitation_answer' })
  unit.entry({
    stream: reviewStream(draw.review_id),
    type: 'place.accept',
    payload: { draw: draw.id, drawId: draw.draw_id, seat: seat.seat, expert: seat.roster_no, by },
  })
  await notifyHosts(unit, draw, 'invitation.accepted', { seat: seat.seat })
  await touch(unit.trx, draw.id)
}

async function leave(
  unit: UnitOfWork,
  draw: DrawRow,
  seat: SeatRow,
  input: AnswerInput & { answer: 'decline' | 'recuse' | 'withdraw' }
): Promise<void> {
  await leaveSeat(unit, draw, seat, {
    event: input.answer,
    by: 'expert',
    answeredBy: input.by,
    reasonCode: input.reasonCode,
    reason: input.reason.trim() || null,
  })
  await notifyHosts(unit, draw, `invitation.${input.answer}`, { seat: seat.seat })
  if (seat.state === 'PANEL' || seat.state === 'ALTERNATE') await mendPanel(unit, draw, seat)
}
