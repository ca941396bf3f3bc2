import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Json } from '#lib/canonical_json'
import { sequenced } from '#ledger/outbox'

export interface OpenedEntry {
  readonly index: number
  readonly type: string
  /** The exact text in the log. */
  readonly leaf: string
  /** Null once it was erased (PIPL). */
  readonly opening: { readonly salt: string; readonly payload: Readonly<Record<string, Json>> } | null
}

/** Every entry of a stream in its order, with what opens it. */
export async function streamEntries(
  stream: string,
  client: TransactionClientContract | typeof db = db
): Promise<OpenedEntry[]> {
  if (client === db) await sequenced()
  const rows = await client
    .from('ledger_entries')
    .leftJoin('ledger_payloads', 'ledger_payloads.index', 'ledger_entries.index')
    .where('ledger_entries.stream', stream)
    .orderBy('ledger_entries.seq')
    .select('ledger_entries.index', 'type', 'leaf', 'salt', 'payload', 'erased_at')
  return rows.map(({ index, type, leaf, salt, payload, erased_at }) => {
    const opening = erased_at || payload === null ? null : { salt, payload: JSON.parse(payload) }
    return { index: Number(index), type, leaf, opening }
  })
}
