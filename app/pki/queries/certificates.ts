import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { businessNow } from '#core/clock/business_clock'
import { fromBase64 } from '#lib/bytes'
import type { Bytes } from '#lib/pki/bytes'
import { parseCertificate } from '#lib/pki/certificate'
import type { Status } from '#lib/pki/ocsp_response'
import type { Revoked, RevocationReason } from '#lib/pki/revocation_list'
import { ownCertificate } from '#pki/authority_files'

export interface LivingCertificate {
  readonly id: string
  readonly der: Bytes
  readonly sha256: string
  readonly notAfter: Date
}

/** The certificate that a person can sign with now, or null: then they enrol first. */
export async function livingCertificate(
  userId: string,
  trx?: TransactionClientContract
): Promise<LivingCertificate | null> {
  const row = await (trx ?? db)
    .from('certificates')
    .where('user_id', userId)
    .whereNull('revoked_at')
    .where('not_before', '<=', businessNow())
    .where('not_after', '>', businessNow())
    .first()
  return row
    ? { id: row.id, der: fromBase64(row.der_base64) as Bytes, sha256: row.sha256, notAfter: row.not_after }
    : null
}

export async function certificatesOf(userId: string) {
  const rows = await db
    .from('certificates')
    .where('user_id', userId)
    .orderBy('not_before', 'desc')
    .orderBy('id', 'desc')
  return rows.map((row) => ({
    id: row.id as string,
    sha256: row.sha256 as string,
    notBefore: row.not_before.toISOString() as string,
    notAfter: row.not_after.toISOString() as string,
    revokedAt: (row.revoked_at?.toISOString() ?? null) as string | null,
    reason: row.revocation_reason as string | null,
  }))
}

/** What is known of a serial number of the issuing authority: people's certificates, and the installation's own. */
export async function statusOfSerial(serial: bigint): Promise<Status> {
  const row = await db.from('certificates').where('serial', serial.toString(16)).first()
  if (row?.revoked_at) return { code: 'revoked', at: row.revoked_at, reason: row.revocation_reason }
  if (row) return { code: 'good' }
  const own = await Promise.all((['seal', 'tsa'] as const).map(ownCertificate))
  return own.some((der) => parseCertificate(der).serial === serial) ? { code: 'good' } : { code: 'unknown' }
}

export async function revokedCertificates(): Promise<Revoked[]> {
  const rows = await db.from('certificates').whereNotNull('revoked_at').orderBy('revoked_at')
  return rows.map((row) => ({
    serial: BigInt(`0x${row.serial}`),
    at: row.revoked_at,
    reason: row.revocation_reason as RevocationReason,
  }))
}
