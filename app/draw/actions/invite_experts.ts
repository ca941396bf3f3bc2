import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { regulation } from '#core/jurisdiction'
import { fail, ok, type Result } from '#lib/result'
import { recordResult } from '#ledger/public'
import { advance, earliestMeeting, lockReview } from '#reviews/public'
import { inviteSeat } from '#draw/actions/invite_seat'
import type { MeetingMode } from '#draw/models/draw'
import { isHost } from '#draw/policies/draw_access'
import { lockDraw, seatsOf, touch } from '#draw/queries/draws'

export interface Invite {
  readonly drawId: string
  readonly seatIds: readonly string[]
  /** Left out once it has been proposed. */
  readonly meeting: { readonly at: Date; readonly mode: MeetingMode; readonly place: string } | null
}

const INVITABLE = ['DRAWN', 'INVITING']
const ASKED = ['INVITED', 'ACCEPTED']
/** Who was passed over when a panel was confirmed that has since broken can be asked again. */
const TO_ASK = ['DRAWN', 'NOT_CHOSEN']

/**
 * Rule DRAW-13. Invites the chosen of the ten to the proposed meeting; at least as many as a panel has.
 * Places that are invited already are left as they are, so a second click changes nothing.
 */
export async function inviteExperts(
  actor: Actor,
  input: Invite
): Promise<Result<{ invited: number }, { code: string }>> {
  return recordResult(actor, async (unit): Promise<Result<{ invited: number }, { code: string }>> => {
    const draw = await lockDraw(unit.trx, input.drawId)
    if (!isHost(actor, { organiserId: draw.organiser_id, agencyId: draw.agency_id })) throw notFound()
    const review = await lockReview(unit.trx, draw.review_id)
    if (draw.status !== 'completed' || !INVITABLE.includes(review.state)) {
      return fail({ code: 'E_REVIEW_STATE', state: review.state, event: 'invite' })
    }
    const seats = await seatsOf(draw.id, unit.trx)
    const chosen = seats.filter(({ id }) => input.seatIds.includes(id))
    if (chosen.length !== new Set(input.seatIds).size) throw notFound()
    const inForce = await regulation()
    const asked = new Set(
      [...seats.filter(({ state }) => ASKED.includes(state)), ...chosen].map(({ id }) => id)
    )
    const need = inForce.values['panel.minimum'].value
    if (asked.size < need) return fail({ code: 'E_TOO_FEW_INVITED', have: asked.size, need })
    const proposed = proposal(draw.meeting_at, input.meeting, earliestMeeting(unit.at, inForce))
    if (!proposed.ok) return proposed
    if (input.meeting && !draw.meeting_at) {
      const { at, mode, place } = input.meeting
      await unit.update('draws', draw.id, { meeting_at: at, meeting_mode: mode, meeting_place: place })
    }
    if (review.state === 'DRAWN') {
      const moved = await advance(unit, {
        reviewId: review.id,
        event: 'invite',
        as: actor.kind === 'agency' ? 'agency' : 'organiser',
      })
      if (!moved.ok) return moved
    }
    const open = chosen.filter(({ state }) => TO_ASK.includes(state))
    const withMeeting = await lockDraw(unit.trx, draw.id)
    for (const seat of open) await inviteSeat(unit, withMeeting, seat.id)
    await touch(unit.trx, draw.id)
    return ok({ invited: open.length })
  })
}

function proposal(
  before: Date | null,
  meeting: Invite['meeting'],
  earliest: Date
): Result<
  null,
  { code: 'E_MEETING_MISSING' | 'E_MEETING_TOO_EARLY' | 'E_MEETING_FIXED'; earliest?: string }
> {
  if (before) {
    const same = !meeting || meeting.at.getTime() === before.getTime()
    return same ? ok(null) : fail({ code: 'E_MEETING_FIXED' })
  }
  if (!meeting) return fail({ code: 'E_MEETING_MISSING' })
  if (meeting.at < earliest) return fail({ code: 'E_MEETING_TOO_EARLY', earliest: earliest.toISOString() })
  return ok(null)
}
