import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { revealMobile, type Revealed } from '#identity/public'
import { record } from '#ledger/public'
import { heldOpening } from '#supervision/policies/recording_access'

/**
 * Rule SEC-1. The mobile number of somebody who took part, to a supervisor who has the meeting open under an
 * inspection; the look goes on record, and the person can read it.
 */
export async function revealContact(
  actor: Actor,
  input: { reviewId: string; userId: string }
): Promise<Revealed> {
  const opening = await heldOpening(actor, input.reviewId)
  return record(actor, async (unit) => {
    const place = { review_id: input.reviewId, user_id: input.userId }
    const seat = await unit.trx.from('session_seats').where(place).first()
    const attended = seat ?? (await unit.trx.from('attendance_spans').where(place).first())
    if (!attended) throw notFound()
    return revealMobile(unit, actor, {
      subjectUserId: input.userId,
      purpose: 'supervision',
      objectKind: 'inspection',
      objectId: opening.inspection_id,
    })
  })
}
