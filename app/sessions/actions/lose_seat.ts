import { ok } from '#lib/result'
import { clearDeadline } from '#messages/public'
import type { UnitOfWork } from '#ledger/public'
import { reviewStream } from '#reviews/public'
import type { LostSeat } from '#draw/public'
import { performIn } from '#sessions/actions/perform_for_program'
import { tell } from '#sessions/decisions/scene'
import { paused } from '#sessions/decisions/presence'
import { revealed } from '#sessions/decisions/opinions'
import { lockSession, seatsOf, toSeat } from '#sessions/queries/sessions'

/**
 * DRAW-7, SEC-2. Somebody leaves the panel: their access ends with this transaction, by page and socket.
 * What they had sealed stays sealed for good; what was revealed stays on record without their vote.
 */
export async function loseSeat(unit: UnitOfWork, lost: LostSeat): Promise<void> {
  const session = await lockSession(unit.trx, lost.reviewId)
  if (!session) return
  const row = await unit.trx.from('session_seats').where('id', lost.seatId).whereNull('left_at').first()
  if (!row) return
  await unit.update('session_seats', lost.seatId, { sits: false, left_at: unit.at, left_because: 'left' })
  unit.entry({
    stream: reviewStream(lost.reviewId),
    type: 'session.seat_lost',
    payload: { seat: lost.seatId },
  })
  await clearDeadline(unit, { objectId: lost.reviewId, kind: 'opinions.hand_in', userId: lost.userId })
  await clearDeadline(unit, { objectId: lost.reviewId, kind: 'meeting.begins', userId: lost.userId })
  const seats = (await seatsOf(lost.reviewId, unit.trx)).map(toSeat)
  const done = await performIn(unit, lost.reviewId, 'seat.lost', (scene) => {
    if (session.started_at === null) return ok(session.phase === 'scheduled' ? [backToPreReview()] : [])
    return ok([
      tell('room', 'seats.changed', {
        seats: seats.map(({ complete: _, ...seat }) => seat),
        because: 'lost',
        reason: null,
      }),
      ...paused(scene, { seats }),
      ...revealed(scene, { seats }),
    ])
  })
  if (!done.ok) throw new Error(`Place ${lost.seatId} of review ${lost.reviewId}: ${done.error.code}`)
}

/** A panel with a hole is filled again before the meeting: its time waits for that. */
function backToPreReview() {
  return tell('room', 'phase.changed', {
    phase: 'pre_review',
    stage: 'sign_in',
    because: 'program',
    reason: 'seat_lost',
  })
}
