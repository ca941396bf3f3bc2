import { readFile } from 'node:fs/promises'
import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { notFound, orRefuse, Refusal } from '#core/exceptions/refusal'
import { blobStream, putBlob } from '#core/files/blob_store'
import { giveConsent, signInToMeeting } from '#sessions/actions/person_in_session'
import { sessionFor } from '#sessions/queries/overview'
import { consentValidator } from '#sessions/validators/sessions'

const JPEG = [0xff, 0xd8, 0xff]
const PNG = [0x89, 0x50, 0x4e, 0x47]

/** Consent to the recording, and the sign-in (MEET-2, MEET-6). */
export default class AttendanceController {
  async consent({ actor, params, request }: HttpContext) {
    const { agreed } = await request.validateUsing(consentValidator)
    await giveConsent(actor, params.id, agreed)
    return { agreed }
  }

  async signIn({ actor, params, request }: HttpContext) {
    await sessionFor(actor, params.id)
    const file = request.file('photo', { size: '2mb', extnames: ['jpg', 'jpeg', 'png'] })
    if (file && !file.isValid) throw new Refusal(422, 'E_PHOTO')
    const bytes = file?.tmpPath ? await readFile(file.tmpPath) : null
    if (bytes && !isPicture(bytes)) throw new Refusal(422, 'E_PHOTO')
    return orRefuse(await signInToMeeting(actor, params.id, bytes ? await putBlob(bytes) : null), 409)
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

function isPicture(bytes: Uint8Array): boolean {
  return [JPEG, PNG].some((magic) => magic.every((byte, index) => bytes[index] === byte))
}
