import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { fail, ok, type Result } from '#lib/result'
import { revealMobile } from '#identity/public'
import { recordResult } from '#ledger/public'
import type { SeatRow } from '#draw/models/draw'
import { isHost } from '#draw/policies/draw_access'
import { drawById } from '#draw/queries/draws'

/** States in which there is something to talk about with the expert; who has left is left in peace. */
const HELD = ['DRAWN', 'INVITED', 'ACCEPTED', 'PANEL', 'ALTERNATE']

/** Rules DRAW-2, SEC-1. The mobile number of one who was drawn, to whoever runs the draw; the expert sees each look. */
export async function revealContact(
  actor: Actor,
  drawId: string,
  seatId: string
): Promise<Result<{ mobile: string }, { code: 'E_PLACE_STATE'; state: string }>> {
  return recordResult(
    actor,
    async (unit): Promise<Result<{ mobile: string }, { code: 'E_PLACE_STATE'; state: string }>> => {
      const draw = await drawById(drawId, unit.trx)
      const seat: SeatRow | null = await unit.trx
        .from('draw_seats')
        .where({ id: seatId, draw_id: drawId })
        .first()
      if (!draw || !seat || !isHost(actor, { organiserId: draw.organiser_id, agencyId: draw.agency_id }))
        throw notFound()
      if (!HELD.includes(seat.state)) return fail({ code: 'E_PLACE_STATE', state: seat.state })
      const mobile = await revealMobile(unit, actor, {
        subjectUserId: seat.user_id,
        purpose: 'contact_for_review',
        objectKind: 'draw',
        objectId: draw.id,
      })
      return ok({ mobile })
    }
  )
}
