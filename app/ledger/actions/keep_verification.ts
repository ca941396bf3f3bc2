import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { sequenced } from '#ledger/outbox'
import { record } from '#ledger/unit_of_work'
import { verifyLedger, type LedgerVerdict } from '#ledger/verify_database'

/** A log that is broken in thousands of places is told by the first of them. */
const KEPT_FINDINGS = 50

/** Rule ORG-4. Audit has the whole log recomputed and compared with the tables; what came out is on record. */
export async function keepVerification(actor: Actor): Promise<LedgerVerdict> {
  // One moment for all of it: what is written meanwhile would look like a difference.
  await sequenced()
  const verdict = await db.transaction((trx) => verifyLedger(undefined, trx), {
    isolationLevel: 'repeatable read',
  })
  const { size, root, findings } = verdict
  await record(actor, async (unit) => {
    const id = newId()
    await unit.insert('ledger_verifications', {
      id,
      by_user_id: actor.userId,
      at: unit.at,
      size,
      root,
      findings: findings.slice(0, KEPT_FINDINGS),
    })
    unit.entry({
      stream: 'ledger',
      type: 'ledger.verified',
      payload: { verification: id, size, root, findings: findings.length },
    })
  })
  return verdict
}
