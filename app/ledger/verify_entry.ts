/** One entry as it is stored, against itself, the entry before it in its stream, and the leaf that was signed. */
import { fromHex, isHex } from '#lib/bytes'
import { CLOSING_TYPE, ERASURE_TYPE, LEDGER_STREAM, readLeafText, type Leaf } from '#lib/ledger/leaf'
import type { Streams } from '#lib/ledger/streams'
import { leafHashOfText } from '#lib/merkle'
import { commitment } from '#ledger/domain/entry'
import type { ErasedEntry } from '#ledger/domain/erasure'
import { isLost, RESTORED_TYPE, type Restoration } from '#ledger/domain/restoration'
import { ledgerStatements } from '#ledger/queries/statements'
import type { Client } from '#ledger/replay'
import type { Anchors } from '#ledger/verify_anchors'

export interface EntryFinding {
  readonly code:
    /** The one that should stand here is gone. */
    | 'index_gap'
    | 'index_doubled'
    /** Below the first, or beyond what the head counts. */
    | 'entry_outside'
    /** The end of the log is gone from here on. */
    | 'entry_missing'
    | 'leaf_altered'
    | 'leaf_unreadable'
    | 'columns_differ'
    | 'stream_broken'
    | 'stream_count'
    /** Whole in itself, and not the one that was signed. */
    | 'entry_rewritten'
    | 'payload_altered'
    | 'payload_missing'
    /** A payload that no entry commits to. */
    | 'payload_orphaned'
    /** It is said to be erased, and no entry says so: taken away by somebody who had no right to. */
    | 'erasure_unlogged'
    /** An entry says that it was erased, and here it is: an older copy was put back. */
    | 'erasure_undone'
  readonly index: number
}

export interface StoredEntry {
  readonly index: string
  readonly stream: string
  readonly seq: number
  readonly type: string
  /** To the microsecond; null for what is no moment. */
  readonly at: string | null
  readonly leaf: string
  readonly leaf_hash: string
  readonly salt: string | null
  readonly payload: string | null
  readonly erased_at: string | null
}

export interface Erasure extends ErasedEntry {
  readonly at: string
}

const MOMENT = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS ${column.split('.')[1]}`

/** From an index on, in order; as many as are asked for. */
export async function storedEntries(client: Client, from: number, count: number): Promise<StoredEntry[]> {
  const result = await client.rawQuery(
    `SELECT e.index, e.stream, e.seq, e.type, ${MOMENT('e.at')}, e.leaf, e.leaf_hash,
       p.salt, p.payload, ${MOMENT('p.erased_at')}
     FROM ledger_entries e LEFT JOIN ledger_payloads p USING (index)
     WHERE e.index >= ? ORDER BY e.index LIMIT ?`,
    [from, count]
  )
  return result.rows
}

/** What stands where no walk along the log comes by. */
export async function besideTheLog(client: Client): Promise<EntryFinding | null> {
  const before = await client.rawQuery('SELECT min(index) AS index FROM ledger_entries WHERE index < 0')
  if (before.rows[0].index !== null) return { code: 'entry_outside', index: Number(before.rows[0].index) }
  return null
}

export async function orphanedPayload(client: Client): Promise<EntryFinding | null> {
  const { rows } = await client.rawQuery(
    `SELECT min(p.index) AS index FROM ledger_payloads p
     WHERE NOT EXISTS (SELECT FROM ledger_entries e WHERE e.index = p.index)`
  )
  return rows[0].index === null ? null : { code: 'payload_orphaned', index: Number(rows[0].index) }
}

/** Only what its own leaf commits to is on record. */
export async function erasuresOnRecord(client: Client): Promise<ReadonlyMap<number, Erasure>> {
  const rows = await client
    .from('ledger_entries as e')
    .join('ledger_payloads as p', 'p.index', 'e.index')
    .where({ 'e.type': ERASURE_TYPE, 'e.stream': LEDGER_STREAM })
    .whereNotNull('p.payload')
    .select('e.leaf', 'p.salt', 'p.payload')
  const erasures = rows.flatMap((row): Erasure[] => {
    const leaf = readLeafText(row.leaf)
    if (!leaf || !opens(leaf, row)) return []
    const { erased } = JSON.parse(row.payload) as { erased: ErasedEntry[] }
    return erased.map((entry) => ({ ...entry, at: leaf.at }))
  })
  return new Map(erasures.map((entry) => [entry.index, entry]))
}

export async function restorationsOnRecord(client: Client): Promise<Restoration[]> {
  return (await ledgerStatements<Restoration>(RESTORED_TYPE, client)).map(({ said }) => said)
}

export function checkEntry(
  row: StoredEntry,
  index: number,
  known: {
    streams: Streams
    erasures: ReadonlyMap<number, Erasure>
    restorations: readonly Restoration[]
    anchors: Anchors
  }
): EntryFinding | null {
  const found = (code: EntryFinding['code'], at = index) => ({ code, index: at })
  if (Number(row.index) < index) return found('index_doubled', Number(row.index))
  if (Number(row.index) > index) return found('index_gap')
  if (leafHashOfText(row.leaf) !== row.leaf_hash) return found('leaf_altered')
  const leaf = readLeafText(row.leaf)
  if (!leaf) return found('leaf_unreadable')
  if (!hasColumns(leaf, row)) return found('columns_differ')
  if (known.streams.next(leaf, row.leaf_hash)) return found('stream_broken')
  if (known.anchors.isSigned(index, row.leaf_hash) === false) return found('entry_rewritten')
  const erasure = known.erasures.get(index)
  if (erasure?.leafHash === row.leaf_hash) {
    const gone = row.salt === null && row.payload === null && row.erased_at === toMicroseconds(erasure.at)
    return gone ? null : found('erasure_undone')
  }
  if (row.erased_at !== null) return found('erasure_unlogged')
  if (row.salt === null && row.payload === null && isLost(index, known.restorations)) return null
  if (row.salt === null || row.payload === null) return found('payload_missing')
  if (!opens(leaf, row)) return found('payload_altered')
  return countsItsStream(leaf, row.payload) ? null : found('stream_count')
}

function hasColumns(leaf: Leaf, row: StoredEntry): boolean {
  const { stream, seq, type, at } = row
  return leaf.stream === stream && leaf.seq === seq && leaf.type === type && toMicroseconds(leaf.at) === at
}

function toMicroseconds(moment: string): string {
  return moment.replace('Z', '000Z')
}

function opens(leaf: Leaf, { salt, payload }: { salt: string | null; payload: string | null }): boolean {
  return isHex(salt, 32) && payload !== null && commitment(salt, payload) === leaf.commit
}

function countsItsStream(leaf: Leaf, payload: string): boolean {
  return leaf.type !== CLOSING_TYPE || JSON.parse(payload).entries === leaf.seq + 1
}

export function leafOf(row: StoredEntry): Uint8Array {
  return fromHex(row.leaf_hash)
}
