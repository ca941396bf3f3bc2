import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { fail, ok, type Result } from '#lib/result'
import { sha256, toBase64, toHex } from '#lib/bytes'
import { parseCertificate } from '#lib/pki/certificate'
import { certifyPerson, type RequestError } from '#lib/pki/certificate_request'
import type { Bytes } from '#lib/pki/bytes'
import { recordResult } from '#ledger/public'
import { ownCredential, statusAddresses } from '#pki/authority_files'

const DAY = 86_400_000
/** Short, so that a key that was lost unnoticed does not stay good for long. */
const VALID_DAYS = 180

export interface Enrolled {
  readonly id: string
  /** PEM order: the person's certificate, then the issuing authority's. */
  readonly chainBase64: readonly string[]
  readonly sha256: string
  readonly notAfter: Date
}

/**
 * REP-2: certifies a key that was made in, and never leaves, the person's browser. The request proves
 * possession; the name comes from the account, whose holder the centre has identified. An earlier
 * certificate is revoked as superseded: enrolling again is also what one does with a lost key.
 */
export async function enrolCertificate(
  actor: Actor,
  input: { request: Bytes; person: { name: string; serialNumber?: string; organization?: string } }
): Promise<Result<Enrolled, { code: 'E_CSR'; why: RequestError['code'] }>> {
  const issuer = await ownCredential('issuing')
  return recordResult(actor, async (unit) => {
    await unit.trx.from('users').where('id', actor.userId).forUpdate()
    const notBefore = new Date(unit.at.getTime() - 60_000)
    const notAfter = new Date(unit.at.getTime() + VALID_DAYS * DAY)
    const { name: commonName, ...rest } = input.person
    const subject = { commonName, ...rest }
    const made = await certifyPerson({
      issuer,
      request: input.request,
      subject,
      validity: { notBefore, notAfter },
      status: statusAddresses('issuing'),
    })
    if (!made.ok) return fail({ code: 'E_CSR' as const, why: made.error.code })
    const living = await unit.trx.from('certificates').where('user_id', actor.userId).whereNull('revoked_at')
    for (const row of living)
      await unit.update('certificates', row.id, { revoked_at: unit.at, revocation_reason: 'superseded' })
    const id = newId()
    const digest = toHex(sha256(made.value))
    await unit.insert('certificates', {
      id,
      user_id: actor.userId,
      serial: parseCertificate(made.value).serial.toString(16),
      der_base64: toBase64(made.value),
      sha256: digest,
      not_before: notBefore,
      not_after: notAfter,
      revoked_at: null,
      revocation_reason: null,
    })
    unit.entry({
      stream: 'pki',
      type: 'certificate.issued',
      payload: { user: actor.userId, certificate: digest },
    })
    return ok({
      id,
      chainBase64: [toBase64(made.value), toBase64(issuer.certificate)],
      sha256: digest,
      notAfter,
    })
  })
}
