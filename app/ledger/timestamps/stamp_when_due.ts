import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { businessNow } from '#core/clock/business_clock'
import { sha256, toBase64, utf8 } from '#lib/bytes'
import { readTimestamp } from '#lib/ledger/timestamps'
import { randomNonce, timestampRequest } from '#lib/pki/timestamp_request'
import { nextTimestampAt, pauseAfter } from '#ledger/domain/timestamp_is_due'
import { latestCheckpoint, latestCosigned, ledgerProblem } from '#ledger/queries/checkpoints'
import { timestampAuthority } from '#ledger/timestamps/authority'

/**
 * Rule DRAW-9. Has the latest checkpoint timestamped once a day. The row of what is due stays locked meanwhile, so that
 * several processes ask once; a failure stays on it, for everybody who watches, until a later try succeeds.
 */
export async function stampWhenDue(): Promise<void> {
  await db.transaction(async (trx) => {
    const due = await trx
      .from('ledger_timestamp_due')
      .where('due_at', '<=', businessNow())
      .where('again_at', '<=', new Date())
      .forUpdate()
      .skipLocked()
      .first()
    if (!due) return
    try {
      const stamped = await stamp(trx)
      if (stamped) await next(trx, { due_at: nextTimestampAt(businessNow()), tries: 0, problem: null })
    } catch (error) {
      const tries = Number(due.tries) + 1
      logger.error({ err: error }, `the ledger's daily timestamp failed, try ${tries}`)
      const again_at = new Date(Date.now() + pauseAfter(tries))
      // The very first was due since ever: what is late counts from now.
      const due_at = due.due_at.getTime() === 0 ? businessNow() : due.due_at
      await next(trx, { due_at, again_at, tries, problem: String((error as Error).message) })
    }
  })
}

async function next(trx: TransactionClientContract, set: Record<string, unknown>): Promise<void> {
  await trx.from('ledger_timestamp_due').where('id', 1).update(set)
}

/** False while there is nothing to stamp. A log that stopped is not stamped, and its own problem is told already. */
async function stamp(trx: TransactionClientContract): Promise<boolean> {
  if (await ledgerProblem()) return false
  const checkpoint = (await latestCosigned()) ?? (await latestCheckpoint())
  if (!checkpoint) return false
  const note = utf8(checkpoint.note)
  const nonce = randomNonce()
  const request = timestampRequest(sha256(note).slice() as Uint8Array<ArrayBuffer>, nonce)
  const response = await timestampAuthority()(request)
  const read = await readTimestamp(response, note, { roots: [], nonce })
  if (!read.ok) throw new Error(read.error.code)
  const { time, authority } = read.value
  const row = {
    day: time.toJSON().slice(0, 10),
    size: checkpoint.size,
    note: checkpoint.note,
    response_base64: toBase64(response),
    time,
    authority,
  }
  // A clock that was turned back finds its day stamped already.
  await trx.table('ledger_timestamps').insert(row).onConflict('day').ignore()
  return true
}
