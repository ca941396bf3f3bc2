import db from '@adonisjs/lucid/services/db'
import type { Json } from '#lib/canonical_json'
import { toHex } from '#lib/bytes'
import type { Receipt } from '#lib/ledger/receipt'
import { storedTree } from '#ledger/queries/stored_tree'
import { sequenced } from '#ledger/outbox'

/** Of an entry, in the tree that it completed: the same whenever it is asked for. @throws RangeError for none. */
export async function receiptAt(index: number): Promise<Receipt> {
  return { index, size: index + 1, root: toHex(await storedTree(index + 1).root()) }
}

/** Of the latest entry of a stream; null for a stream without any. */
export async function latestReceipt(stream: string): Promise<Receipt | null> {
  await sequenced()
  const row = await db.from('ledger_entries').where({ stream }).orderBy('seq', 'desc').select('index').first()
  return row ? receiptAt(Number(row.index)) : null
}

/** Of the first entry of a stream whose payload has these fields; null when there is none. */
export async function receiptOf(stream: string, fields: Record<string, Json>): Promise<Receipt | null> {
  await sequenced()
  const row = await db
    .from('ledger_entries')
    .join('ledger_payloads', 'ledger_payloads.index', 'ledger_entries.index')
    .where({ stream })
    .whereRaw('ledger_payloads.payload::jsonb @> ?::jsonb', [JSON.stringify(fields)])
    .orderBy('ledger_entries.index')
    .select('ledger_entries.index')
    .first()
  return row ? receiptAt(Number(row.index)) : null
}
