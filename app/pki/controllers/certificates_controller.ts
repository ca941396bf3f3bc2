import type { HttpContext } from '@adonisjs/core/http'
import { orRefuse, Refusal } from '#core/exceptions/refusal'
import { fromBase64 } from '#lib/bytes'
import type { Bytes } from '#lib/pki/bytes'
import { passwordIsRight } from '#identity/public'
import { enrolCertificate } from '#pki/actions/enrol_certificate'
import { revokeCertificate } from '#pki/actions/revoke_certificate'
import { certificatesOf } from '#pki/queries/certificates'
import { subjectOf } from '#pki/subject'
import { enrolValidator, revokeValidator } from '#pki/validators/certificates'

export default class CertificatesController {
  async index({ actor }: HttpContext) {
    return { certificates: await certificatesOf(actor.userId) }
  }

  /** Step-up: whoever sits at an open browser must still know the password to make a key count as a person's. */
  async store({ actor, request }: HttpContext) {
    const input = await request.validateUsing(enrolValidator)
    const password = await passwordIsRight(actor.userId, input.password, request.ip())
    if (!password.ok)
      throw new Refusal(password.error.code === 'E_LOCKED' ? 423 : 401, password.error.code, {
        ...password.error,
      })
    return orRefuse(
      await enrolCertificate(actor, {
        request: fromBase64(input.request) as Bytes,
        person: await subjectOf(actor),
      })
    )
  }

  async revoke({ actor, request }: HttpContext) {
    const { params, reason } = await request.validateUsing(revokeValidator)
    orRefuse(await revokeCertificate(actor, { id: params.id, reason }), 404)
    return { revoked: true }
  }
}
