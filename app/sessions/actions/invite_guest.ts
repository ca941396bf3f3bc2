import type { Actor, CapacityKind } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { newId } from '#core/ids'
import { fail, ok, type Result } from '#lib/result'
import { recordResult } from '#ledger/public'
import { invitePerson } from '#identity/public'
import { notify } from '#messages/public'
import { reviewStream } from '#reviews/public'
import { viewerOf } from '#sessions/policies/viewer'
import { lockSession } from '#sessions/queries/sessions'

export interface Guest {
  readonly name: string
  readonly mobile: string
  readonly kind: Extract<
    CapacityKind,
    'technical_head' | 'supervising_engineer' | 'owner' | 'designer' | 'surveyor'
  >
  readonly organisationId: string
  /** Code of the attendee that the regulation requires (MEET-2). */
  readonly code: string
}

/** Rule MEET-2. Beside the named leads the host brings those of a party whom the meeting requires. */
export async function inviteGuest(
  actor: Actor,
  reviewId: string,
  guest: Guest
): Promise<Result<{ userId: string }, { code: 'E_NOT_A_PARTY' }>> {
  return recordResult<{ userId: string }, { code: 'E_NOT_A_PARTY' }>(actor, async (unit) => {
    const session = await lockSession(unit.trx, reviewId)
    const viewer = session && (await viewerOf(actor, session, unit.trx))
    if (!session || (viewer?.role !== 'host' && viewer?.role !== 'scribe')) throw notFound()
    const party = await unit.trx
      .from('plan_parties')
      .where({ plan_id: session.plan_id, organisation_id: guest.organisationId })
      .first()
    if (!party) return fail({ code: 'E_NOT_A_PARTY' })
    const userId = await invitePerson(unit, guest)
    const known = await unit.trx
      .from('session_guests')
      .where({ review_id: reviewId, user_id: userId })
      .first()
    if (known) return ok({ userId })
    await unit.insert('session_guests', {
      id: newId(),
      review_id: reviewId,
      user_id: userId,
      organisation_id: guest.organisationId,
      code: guest.code,
      at: unit.at,
    })
    unit.entry({
      stream: reviewStream(reviewId),
      type: 'session.guest',
      payload: { user: userId, code: guest.code },
    })
    const at = session.scheduled_at?.toISOString() ?? null
    await notify(unit, {
      userIds: [userId],
      kind: 'meeting.invited',
      params: { at },
      href: `/meetings/${reviewId}`,
      objectId: reviewId,
    })
    return ok({ userId })
  })
}
