import { randomBytes } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { appendLeaf, rootOf, type Frontier } from '#lib/merkle'
import { fromHex, toHex } from '#lib/bytes'
import { CLOSING_TYPE } from '#lib/ledger/leaf'
import { FIRST_PREV, leafText } from '#ledger/domain/entry'
import { ledgerValue } from '#ledger/domain/ledger_value'

export interface NewEntry {
  readonly stream: string
  /** `CLOSING_TYPE` closes the stream: no entry follows, and its payload gets the count in `entries`. */
  readonly type: string
  readonly payload: Record<string, unknown>
  /** The payload gets the stream's count up to this entry in `entries`. */
  readonly counts?: boolean
  /** Its receipt is needed at once: it goes straight into the log where others wait in the outbox. */
  readonly placed?: boolean
}

export interface TimedEntry extends NewEntry {
  readonly at: Date
}

/** Where an entry stands: proves a later rollback to whoever keeps it. */
export interface Receipt {
  readonly index: number
  readonly size: number
  readonly root: string
  readonly leafHash: string
}

interface StoredEntry {
  readonly index: number
  readonly stream: string
  readonly seq: number
  readonly type: string
  readonly at: string
  readonly leaf: string
  readonly leaf_hash: string
  readonly salt: string
  readonly payload: string
}

/**
 * Appends entries as the last statements of a transaction: no change without its entry, no entry without
 * its change. The head's row lock orders the log; a database sequence would be assigned before commit and
 * could leave holes. `before`: what goes in ahead of them, asked for once the head is ours. Receipts are those of
 * all, in the order of the log.
 */
export async function appendEntries(
  trx: TransactionClientContract,
  given: readonly TimedEntry[],
  before: (trx: TransactionClientContract) => Promise<readonly TimedEntry[]> = async () => []
): Promise<Receipt[]> {
  const start = await lockHead(trx)
  const entries = [...(await before(trx)), ...given]
  if (entries.length === 0) return []
  const heads = await streamHeads(trx, entries)
  let frontier = start
  const receipts: Receipt[] = []
  const rows: StoredEntry[] = []
  for (const entry of entries) {
    const stream = heads.get(entry.stream)!
    if (stream.closed) throw new Error(`Ledger stream ${entry.stream} is closed`)
    const seq = stream.seq + 1
    const salt = randomBytes(32).toString('hex')
    const at = entry.at.toISOString()
    const closes = entry.type === CLOSING_TYPE
    const counted = closes || entry.counts
    const payload = ledgerValue(counted ? { ...entry.payload, entries: seq + 1 } : entry.payload)
    const made = leafText({
      stream: entry.stream,
      seq,
      prev: stream.prev,
      type: entry.type,
      at,
      salt,
      payload,
    })
    const index = frontier.size
    frontier = appendLeaf(frontier, fromHex(made.leafHash))
    heads.set(entry.stream, { seq, prev: made.leafHash, closed: closes })
    rows.push({
      index,
      stream: entry.stream,
      seq,
      type: entry.type,
      at,
      leaf: made.leaf,
      leaf_hash: made.leafHash,
      salt,
      payload: made.payload,
    })
    receipts.push({ index, size: frontier.size, root: toHex(rootOf(frontier)), leafHash: made.leafHash })
  }
  await store(trx, rows, heads, frontier)
  return receipts
}

type StreamHead = { seq: number; prev: string; closed: boolean }

async function lockHead(trx: TransactionClientContract): Promise<Frontier> {
  const { rows } = await trx.rawQuery('SELECT size, frontier FROM ledger_head WHERE id = 1 FOR UPDATE')
  return { size: Number(rows[0].size), nodes: rows[0].frontier }
}

async function streamHeads(trx: TransactionClientContract, entries: readonly NewEntry[]) {
  const names = [...new Set(entries.map((entry) => entry.stream))]
  const found = await trx.rawQuery(
    'SELECT stream, seq, prev, closed FROM ledger_streams WHERE stream = ANY(?)',
    [names]
  )
  const heads = new Map<string, StreamHead>(
    names.map((name) => [name, { seq: -1, prev: FIRST_PREV, closed: false }])
  )
  for (const { stream, seq, prev, closed } of found.rows) heads.set(stream, { seq, prev, closed })
  return heads
}

/** Entries, payloads and heads in one statement: everybody else waits while the head is locked. */
async function store(
  trx: TransactionClientContract,
  rows: readonly StoredEntry[],
  heads: ReadonlyMap<string, StreamHead>,
  frontier: Frontier
) {
  const streams = [...heads].map(([stream, head]) => ({ stream, ...head }))
  await trx.rawQuery(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset(?::jsonb) AS g(index bigint, stream text, seq integer, type text, at timestamptz,
         leaf text, leaf_hash text, salt text, payload text)
     ), entries AS (
       INSERT INTO ledger_entries (index, stream, seq, type, at, leaf, leaf_hash)
       SELECT index, stream, seq, type, at, leaf, leaf_hash FROM given
     ), payloads AS (
       INSERT INTO ledger_payloads (index, salt, payload) SELECT index, salt, payload FROM given
     ), streams AS (
       INSERT INTO ledger_streams (stream, seq, prev, closed)
       SELECT * FROM jsonb_to_recordset(?::jsonb) AS s(stream text, seq integer, prev text, closed boolean)
       ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, prev = excluded.prev, closed = excluded.closed
     )
     UPDATE ledger_head SET size = ?, frontier = ?::jsonb, root = ? WHERE id = 1`,
    [
      JSON.stringify(rows),
      JSON.stringify(streams),
      frontier.size,
      JSON.stringify(frontier.nodes),
      toHex(rootOf(frontier)),
    ]
  )
}
