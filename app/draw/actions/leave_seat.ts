import { newId } from '#core/ids'
import type { UnitOfWork } from '#ledger/public'
import { clearDeadline } from '#messages/public'
import { reviewStream } from '#reviews/public'
import { nextPlace, type PlaceActor } from '#draw/domain/place_transitions'
import { tellSeatLost } from '#draw/hooks/panel_hooks'
import type { DrawRow, SeatRow } from '#draw/models/draw'
import { departuresOf, touch } from '#draw/queries/draws'

export interface Leaving {
  readonly event: 'decline' | 'recuse' | 'let_pass' | 'withdraw' | 'miss'
  readonly by: PlaceActor
  readonly answeredBy: 'session' | 'link' | null
  readonly reasonCode: string | null
  readonly reason: string | null
}

/**
 * Rule DRAW-7. Gives a place up: the refusal stands in the log first, then the place waits in turn for its
 * replacement. The draw is locked by the caller. Whoever leaves loses all access with this transaction.
 */
export async function leaveSeat(
  unit: UnitOfWork,
  draw: DrawRow,
  seat: SeatRow,
  leaving: Leaving
): Promise<void> {
  const move = nextPlace(seat.state, leaving.event, leaving.by)
  if (!move.ok) throw new Error(`Place ${seat.id}: ${move.error.code} ${leaving.event} from ${seat.state}`)
  const answered = leaving.answeredBy ? { answered_at: unit.at, answered_by: leaving.answeredBy } : {}
  await unit.update('draw_seats', seat.id, {
    state: move.value.to,
    reason_code: leaving.reasonCode,
    reason: leaving.reason,
    ...answered,
  })
  await unit.trx
    .from('draw_invitation_links')
    .where('seat_id', seat.id)
    .whereNull('used_at')
    .update({ used_at: unit.at })
  await clearDeadline(unit, { objectId: seat.id, kind: 'invitation_answer' })
  const before = await departuresOf(draw.id, unit.trx)
  await unit.insert('draw_departures', {
    id: newId(),
    draw_id: draw.id,
    position: before.length + 1,
    seat: seat.seat,
    leaver: seat.roster_no,
    review_id: draw.review_id,
    status: 'queued',
    left_at: unit.at,
  })
  unit.entry({
    stream: reviewStream(draw.review_id),
    type: `place.${leaving.event}`,
    payload: {
      draw: draw.id,
      drawId: draw.draw_id,
      seat: seat.seat,
      expert: seat.roster_no,
      from: seat.state,
      to: move.value.to,
      by: leaving.answeredBy,
      reasonCode: leaving.reasonCode,
      reason: leaving.reason,
    },
  })
  await tellSeatLost(unit, {
    reviewId: draw.review_id,
    seatId: seat.id,
    userId: seat.user_id,
    expertId: seat.expert_id,
  })
  await touch(unit.trx, draw.id)
}
