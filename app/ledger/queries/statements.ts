import db from '@adonisjs/lucid/services/db'
import { utf8 } from '#lib/bytes'
import { readLeaf } from '#lib/ledger/leaf'
import { commitment } from '#ledger/domain/entry'
import { LEDGER_STREAM } from '#lib/ledger/leaf'
import { RESTORED_TYPE, type Restoration } from '#ledger/domain/restoration'
import type { Client } from '#ledger/replay'

export interface Statement<T> {
  readonly index: number
  readonly at: Date
  readonly said: T
}

/** What the log's own stream says of the log; only what its leaf commits to counts. */
export async function ledgerStatements<T>(type: string, client: Client = db): Promise<Statement<T>[]> {
  const rows = await client
    .from('ledger_entries as e')
    .join('ledger_payloads as p', 'p.index', 'e.index')
    .where({ 'e.type': type, 'e.stream': LEDGER_STREAM })
    .whereNotNull('p.payload')
    .whereNotNull('p.salt')
    .orderBy('e.index')
    .select('e.index', 'e.at', 'e.leaf', 'p.salt', 'p.payload')
  return rows
    .filter(({ leaf, salt, payload }) => readLeaf(utf8(leaf))?.commit === commitment(salt, payload))
    .map(({ index, at, payload }) => ({ index: Number(index), at, said: JSON.parse(payload) as T }))
}

/** For the public page: when a restored database went on, and what was lost. */
export async function restorations() {
  const statements = await ledgerStatements<Restoration>(RESTORED_TYPE)
  return statements.map(({ index, at, said: { by, reason, lost } }) => {
    return { index, at: at.toISOString(), by, reason, lost }
  })
}
