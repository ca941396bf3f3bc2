import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { fail, ok, type Result } from '#lib/result'
import { revealMobile, type Revealed, type RevealPurpose } from '#identity/public'
import { recordResult } from '#ledger/public'
import type { SeatRow } from '#draw/models/draw'
import { mayCall } from '#draw/policies/draw_access'
import { drawById } from '#draw/queries/draws'
import { TO_TALK_TO } from '#draw/queries/open_contacts'

/**
 * Rules DRAW-2, SEC-1. The mobile number of one who was drawn, to whoever runs the draw or to the centre, for a purpose
 * and some hours; the expert sees each look.
 */
export async function revealContact(
  actor: Actor,
  input: { drawId: string; seatId: string; purpose: RevealPurpose }
): Promise<Result<Revealed, { code: 'E_PLACE_STATE'; state: string }>> {
  return recordResult(
    actor,
    async (unit): Promise<Result<Revealed, { code: 'E_PLACE_STATE'; state: string }>> => {
      const draw = await drawById(input.drawId, unit.trx)
      const seat: SeatRow | null = await unit.trx
        .from('draw_seats')
        .where({ id: input.seatId, draw_id: input.drawId })
        .first()
      if (!draw || !seat || !mayCall(actor, draw)) throw notFound()
      if (!TO_TALK_TO.includes(seat.state)) return fail({ code: 'E_PLACE_STATE', state: seat.state })
      const look = { subjectUserId: seat.user_id, objectKind: 'draw', objectId: draw.id }
      return ok(await revealMobile(unit, actor, { ...look, purpose: input.purpose }))
    }
  )
}
