import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { notFound, orRefuse } from '#core/exceptions/refusal'
import { blobStream } from '#core/files/blob_store'
import { receiveFile } from '#core/files/receive_file'
import { SIGN_IN_PHOTO_BYTES, keepSignInPhoto } from '#sessions/actions/keep_sign_in_photo'
import { giveConsent, signInToMeeting } from '#sessions/actions/person_in_session'
import { sessionFor } from '#sessions/queries/overview'
import { consentValidator } from '#sessions/validators/sessions'

/** Consent to the recording, and the sign-in (MEET-2, MEET-6). */
export default class AttendanceController {
  async consent({ actor, params, request }: HttpContext) {
    const { agreed } = await request.validateUsing(consentValidator)
    await giveConsent(actor, params.id, agreed)
    return { agreed }
  }

  /** With the camera's picture as the raw body, or with no picture. */
  async signIn({ actor, params, request }: HttpContext) {
    const { viewer } = await sessionFor(actor, params.id)
    const sent = viewer.consented && !!request.header('content-type')?.startsWith('image/')
    const photo = sent
      ? orRefuse(await keepSignInPhoto(await receiveFile(request.request, SIGN_IN_PHOTO_BYTES)), 422)
      : null
    return orRefuse(await signInToMeeting(actor, params.id, photo), 409)
  }

  /** For those who have to know who sat there: panel, host, supervisors; and whoever it shows. */
  async photo({ actor, params, response }: HttpContext) {
    const { viewer } = await sessionFor(actor, params.id)
    if (viewer.role === 'party' && params.userId !== actor.userId) throw notFound()
    const signed = await db
      .from('session_sign_ins')
      .where({ review_id: params.id })
      .whereRaw('user_id::text = ?', [params.userId])
      .first()
    if (!signed?.photo_sha256) throw notFound()
    response
      .header('content-type', 'application/octet-stream')
      .header('content-disposition', 'attachment; filename="sign-in"')
    return response.stream(blobStream(signed.photo_sha256))
  }
}
