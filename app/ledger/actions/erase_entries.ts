import db from '@adonisjs/lucid/services/db'
import { SYSTEM_ACTOR } from '#core/actor'
import { ERASURE_TYPE, LEDGER_STREAM } from '#lib/ledger/leaf'
import { fail, ok, type Result } from '#lib/result'
import { changesWithoutValues, mayBeErased, type ErasedEntry } from '#ledger/domain/erasure'
import { recordResult } from '#ledger/unit_of_work'

export interface Erasure {
  /** Each once. */
  readonly indexes: readonly number[]
  /** Who answers for it, by name and office: the command line knows no account. */
  readonly by: string
  readonly reason: string
}

export type EraseError =
  | { code: 'no_such_entry'; index: number }
  | { code: 'already_erased'; index: number }
  | { code: 'entry_must_stay'; index: number; type: string }

/**
 * Takes payload and salt of entries away for good (PIPL 47), with an entry of its own in the same transaction: all
 * of them or none. Leaves, hashes and proofs stay. Needs the eraser's role.
 */
export async function eraseEntries(erasure: Erasure): Promise<Result<{ erased: number }, EraseError>> {
  const { indexes, by, reason } = erasure
  const outcome = await recordResult(SYSTEM_ACTOR, async (unit) => {
    const erased: ErasedEntry[] = []
    for (const index of indexes) {
      const row = await unit.trx
        .from('ledger_entries as e')
        .join('ledger_payloads as p', 'p.index', 'e.index')
        .where('e.index', index)
        .select('e.type', 'e.leaf_hash', 'p.payload')
        .first()
      if (!row) return fail({ code: 'no_such_entry' as const, index })
      if (!mayBeErased(row.type)) return fail({ code: 'entry_must_stay' as const, index, type: row.type })
      if (row.payload === null) return fail({ code: 'already_erased' as const, index })
      const changes = changesWithoutValues(JSON.parse(row.payload))
      erased.push({ index, leafHash: row.leaf_hash, changes })
      await unit.trx
        .from('ledger_payloads')
        .where({ index })
        .update({ salt: null, payload: null, erased_at: unit.at })
    }
    unit.entry({
      stream: LEDGER_STREAM,
      type: ERASURE_TYPE,
      placed: true,
      payload: { by, reason, erased: [...erased] },
    })
    return ok({ erased: erased.length })
  })
  // What was erased still stands in the table's pages until they are cleaned and written over.
  if (outcome.ok) await db.rawQuery('VACUUM ledger_payloads')
  return outcome
}
