import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { capacitiesOf } from '#identity/public'
import { fail, ok, type Result } from '#lib/result'
import { linkDigest } from '#draw/actions/invite_seat'
import type { SeatRow } from '#draw/models/draw'

export type LinkError = { code: 'E_LINK_UNKNOWN' | 'E_LINK_USED' | 'E_LINK_EXPIRED' }

/** Rule DRAW-7. The place that a link from a message opens, while it has neither served nor run out. */
export async function seatOfLink(token: string): Promise<Result<SeatRow, LinkError>> {
  const link = await db.from('draw_invitation_links').where('token_hash', linkDigest(token)).first()
  if (!link) return fail({ code: 'E_LINK_UNKNOWN' })
  if (link.used_at) return fail({ code: 'E_LINK_USED' })
  if (link.expires_at <= businessNow()) return fail({ code: 'E_LINK_EXPIRED' })
  return ok(await db.from('draw_seats').where('id', link.seat_id).firstOrFail())
}

/** Who answers by a link: the expert the message went to, in the capacity of an expert. */
export async function expertActor(seat: SeatRow): Promise<Actor> {
  const capacity = (await capacitiesOf(seat.user_id)).find(({ kind }) => kind === 'expert')
  if (!capacity) throw new Error(`Expert ${seat.roster_no} has no capacity`)
  const user = await db.from('users').where('id', seat.user_id).firstOrFail()
  return {
    userId: seat.user_id,
    name: user.name,
    capacityId: capacity.id,
    kind: 'expert',
    organisationId: null,
  }
}
