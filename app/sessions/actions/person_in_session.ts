import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { newId } from '#core/ids'
import { fail, ok, type Result } from '#lib/result'
import { record, recordResult } from '#ledger/public'
import { reviewStream } from '#reviews/public'
import { viewerOf } from '#sessions/policies/viewer'
import { lockSession } from '#sessions/queries/sessions'

/** Rule MEET-6 (PIPL). Agreement to the recording, or none; each word is logged, the last one counts. */
export async function giveConsent(actor: Actor, reviewId: string, agreed: boolean): Promise<void> {
  await record(actor, async (unit) => {
    const session = await lockSession(unit.trx, reviewId)
    if (!session || !(await viewerOf(actor, session, unit.trx))) throw notFound()
    await unit.insert('session_consents', {
      id: newId(),
      review_id: reviewId,
      user_id: actor.userId,
      agreed,
      at: unit.at,
    })
    unit.entry({
      stream: reviewStream(reviewId),
      type: 'session.consent',
      payload: { user: actor.userId, agreed },
    })
  })
}

/** Rule MEET-2. The sign-in, once per person; with the camera's photograph, or without. */
export async function signInToMeeting(
  actor: Actor,
  reviewId: string,
  photoSha256: string | null
): Promise<Result<{ at: string }, { code: 'E_NOT_CONSENTED' | 'E_SIGNED_IN' }>> {
  return recordResult<{ at: string }, { code: 'E_NOT_CONSENTED' | 'E_SIGNED_IN' }>(actor, async (unit) => {
    const session = await lockSession(unit.trx, reviewId)
    const viewer = session && (await viewerOf(actor, session, unit.trx))
    if (!session || !viewer) throw notFound()
    if (!viewer.consented) return fail({ code: 'E_NOT_CONSENTED' })
    const known = await unit.trx
      .from('session_sign_ins')
      .where({ review_id: reviewId, user_id: actor.userId })
      .first()
    if (known) return fail({ code: 'E_SIGNED_IN' })
    await unit.insert('session_sign_ins', {
      id: newId(),
      review_id: reviewId,
      user_id: actor.userId,
      role: viewer.role,
      photo_sha256: photoSha256,
      at: unit.at,
    })
    unit.entry({
      stream: reviewStream(reviewId),
      type: 'session.sign_in',
      payload: { user: actor.userId, photo: photoSha256 },
    })
    return ok({ at: unit.at.toISOString() })
  })
}

/** PLAN-6: an expert has opened the plan; the first time counts. */
export async function acknowledgePlan(actor: Actor, reviewId: string): Promise<void> {
  await record(actor, async (unit) => {
    const session = await lockSession(unit.trx, reviewId)
    const viewer = session && (await viewerOf(actor, session, unit.trx))
    if (!session || !viewer?.seat) throw notFound()
    const delivery = await unit.trx
      .from('plan_deliveries')
      .where({ seat_id: viewer.seat.id, version_id: session.version_id })
      .first()
    if (!delivery || delivery.opened_at) return
    await unit.update('plan_deliveries', delivery.id, { opened_at: unit.at })
    unit.entry({
      stream: reviewStream(reviewId),
      type: 'session.plan_opened',
      payload: { seat: viewer.seat.id },
    })
  })
}
