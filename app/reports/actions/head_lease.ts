import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { PreparedSignature } from '#lib/pdf/sign_prepare'
import { fromBase64, toBase64 } from '#lib/bytes'
import type { Bytes } from '#lib/pki/bytes'

/**
 * The right to extend a report's head, for one signer at a time. By the database's clock, which all processes
 * of the app share and nobody moves. A holder who dies loses it after these seconds.
 */
export const LEASE_SECONDS = 30
/** Somebody who has not asked for this long no longer waits; others don't wait for them. */
const WAITS_SECONDS = 6

export interface Lease {
  readonly token: string
  readonly userId: string
}

/** A prepared signature without the bytes of the revision below it, which the blob store has. */
export interface KeptPreparation {
  readonly parentSha256: string
  readonly memberId: string
  readonly certificateSha256: string
  readonly fieldName: string
  readonly incrementBase64: string
  readonly baseLength: number
  readonly byteRange: PreparedSignature['byteRange']
  readonly attributesBase64: string
  readonly chainBase64: readonly string[]
}

/**
 * Takes the lease, or says how many are ahead: the holder, and those who asked earlier and still do. Whoever
 * holds it already gets a new token; their earlier preparation is void.
 */
export async function takeLease(editionId: string, userId: string): Promise<Lease | { ahead: number }> {
  await db.rawQuery(
    `INSERT INTO report_waiting (edition_id, user_id, since, seen_at) VALUES (?, ?, clock_timestamp(), clock_timestamp())
     ON CONFLICT (edition_id, user_id) DO UPDATE SET seen_at = clock_timestamp(),
       since = CASE WHEN report_waiting.seen_at < clock_timestamp() - make_interval(secs => ?)
         THEN clock_timestamp() ELSE report_waiting.since END`,
    [editionId, userId, WAITS_SECONDS]
  )
  const ahead = await aheadOf(editionId, userId)
  if (ahead > 0) return { ahead }
  const token = randomUUID()
  const taken = await db.rawQuery(
    `INSERT INTO report_leases (edition_id, token, user_id, until, prepared)
     VALUES (?, ?, ?, clock_timestamp() + make_interval(secs => ?), NULL)
     ON CONFLICT (edition_id) DO UPDATE SET token = excluded.token, user_id = excluded.user_id,
       until = excluded.until, prepared = NULL
     WHERE report_leases.until < clock_timestamp() OR report_leases.user_id = excluded.user_id
     RETURNING token`,
    [editionId, token, userId, LEASE_SECONDS]
  )
  return taken.rows.length > 0 ? { token, userId } : { ahead: Math.max(1, await aheadOf(editionId, userId)) }
}

async function aheadOf(editionId: string, userId: string): Promise<number> {
  const { rows } = await db.rawQuery(
    `SELECT count(*)::int AS ahead FROM (
       SELECT user_id FROM report_leases WHERE edition_id = :edition AND until > clock_timestamp()
       UNION
       SELECT other.user_id FROM report_waiting other JOIN report_waiting mine
         ON mine.edition_id = other.edition_id AND mine.user_id = :user
       WHERE other.edition_id = :edition AND other.seen_at > clock_timestamp() - make_interval(secs => :waits)
         AND (other.since, other.user_id) < (mine.since, mine.user_id)
     ) earlier WHERE user_id <> :user`,
    { edition: editionId, user: userId, waits: WAITS_SECONDS }
  )
  return rows[0].ahead
}

/** False once the lease has passed to somebody else. */
export async function keepPreparation(
  editionId: string,
  lease: Lease,
  prepared: PreparedSignature,
  of: { parentSha256: string; memberId: string; certificateSha256: string }
): Promise<boolean> {
  const kept: KeptPreparation = {
    ...of,
    fieldName: prepared.fieldName,
    incrementBase64: toBase64(prepared.preparedPdf.subarray(prepared.baseLength)),
    baseLength: prepared.baseLength,
    byteRange: prepared.byteRange,
    attributesBase64: toBase64(prepared.signedAttributes),
    chainBase64: prepared.certificates.map(toBase64),
  }
  const updated = await db
    .from('report_leases')
    .where({ edition_id: editionId, token: lease.token })
    .update({ prepared: JSON.stringify(kept) })
  return Number(updated) === 1
}

/** The living lease with what was prepared under it, prolonged; null once it has run out or passed on. */
export async function preparationUnder(editionId: string, lease: Lease): Promise<KeptPreparation | null> {
  const { rows } = await db.rawQuery(
    `UPDATE report_leases SET until = clock_timestamp() + make_interval(secs => ?)
     WHERE edition_id = ? AND token = ? AND user_id = ? AND until > clock_timestamp() AND prepared IS NOT NULL
     RETURNING prepared`,
    [LEASE_SECONDS, editionId, lease.token, lease.userId]
  )
  return rows[0]?.prepared ?? null
}

export function preparedSignature(kept: KeptPreparation, base: Bytes): PreparedSignature {
  const increment = fromBase64(kept.incrementBase64)
  const preparedPdf = new Uint8Array(base.length + increment.length)
  preparedPdf.set(base)
  preparedPdf.set(increment, base.length)
  return {
    fieldName: kept.fieldName,
    preparedPdf,
    baseLength: kept.baseLength,
    byteRange: kept.byteRange,
    signedAttributes: fromBase64(kept.attributesBase64) as Bytes,
    certificates: kept.chainBase64.map((der) => fromBase64(der) as Bytes),
  }
}

/** Whether the lease still stands, inside the transaction that moves the head; it ends with that. */
export async function endLease(
  trx: TransactionClientContract,
  editionId: string,
  lease: Lease
): Promise<boolean> {
  const ended = await trx
    .from('report_leases')
    .where({ edition_id: editionId, token: lease.token, user_id: lease.userId })
    .delete()
  await trx.from('report_waiting').where({ edition_id: editionId, user_id: lease.userId }).delete()
  return Number(ended) === 1
}

/** A signer who stops frees the head for the next at once. */
export async function dropLease(editionId: string, lease: Lease): Promise<void> {
  await db.transaction((trx) => endLease(trx, editionId, lease))
}
