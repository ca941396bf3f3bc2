import env from '#start/env'
import type { UnitOfWork } from '#ledger/public'
import { clearDeadline, notify, sendSms } from '#messages/public'
import { reviewStream } from '#reviews/public'
import { nextPlace } from '#draw/domain/place_transitions'
import type { DrawRow, SeatRow } from '#draw/models/draw'

const ASKED = ['INVITED', 'ACCEPTED']

/**
 * Rule DRAW-3. Once a panel is confirmed, whoever was asked and is not on it is free: no answer is awaited any
 * more, the day is theirs again and counts for no month. Each is told. Should the panel break, they can be asked
 * again, and answer anew. The draw is locked by the caller, `seats` are as before the confirmation.
 */
export async function passOverOthers(
  unit: UnitOfWork,
  draw: DrawRow,
  seats: readonly SeatRow[],
  chosen: ReadonlySet<string>,
  planName: string
): Promise<void> {
  for (const seat of seats) {
    if (chosen.has(seat.id) || !ASKED.includes(seat.state)) continue
    const move = nextPlace(seat.state, 'pass_over', 'program')
    if (!move.ok) throw new Error(`Place ${seat.id} in ${seat.state} can't be passed over`)
    await unit.update('draw_seats', seat.id, { state: move.value.to })
    await unit.trx
      .from('draw_invitation_links')
      .where('seat_id', seat.id)
      .whereNull('used_at')
      .update({ used_at: unit.at })
    await clearDeadline(unit, { objectId: seat.id, kind: 'invitation_answer' })
    unit.entry({
      stream: reviewStream(draw.review_id),
      type: 'place.not_chosen',
      payload: {
        draw: draw.id,
        drawId: draw.draw_id,
        seat: seat.seat,
        expert: seat.roster_no,
        from: seat.state,
      },
    })
    const href = `/invitations/${seat.id}`
    await notify(unit, {
      userIds: [seat.user_id],
      kind: 'panel.not_chosen',
      params: { plan: planName },
      href,
      objectId: seat.id,
    })
    await sendSms(unit, {
      userId: seat.user_id,
      kind: 'notice',
      params: { text: '专家组已确认，本次不需您参加。', url: `${env.get('PUBLIC_URL')}${href}` },
    })
  }
}
