import { randomBytes } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { appendLeaf, rootOf, type Frontier } from '#lib/merkle'
import { fromHex, toHex } from '#lib/bytes'
import { FIRST_PREV, leafText } from '#ledger/domain/entry'
import { ledgerValue } from '#ledger/domain/ledger_value'

export interface NewEntry {
  readonly stream: string
  readonly type: string
  readonly payload: Record<string, unknown>
  /** No entry follows in this stream: its count is final. */
  readonly closes?: boolean
}

/** Where an entry stands: proves a later rollback to whoever keeps it. */
export interface Receipt {
  readonly index: number
  readonly size: number
  readonly root: string
  readonly leafHash: string
}

/**
 * Appends entries as the last statements of a transaction: no change without its entry, no entry without
 * its change. The head's row lock orders the log; a database sequence would be assigned before commit and
 * could leave holes.
 */
export async function appendEntries(
  trx: TransactionClientContract,
  at: Date,
  entries: readonly NewEntry[]
): Promise<Receipt[]> {
  const head = (await trx.rawQuery('SELECT size, frontier, root FROM ledger_head WHERE id = 1 FOR UPDATE'))
    .rows[0]
  let frontier: Frontier = { size: Number(head.size), nodes: head.frontier }
  const heads = await streamHeads(trx, entries)
  const receipts: Receipt[] = []
  const rows: unknown[][] = []
  for (const entry of entries) {
    const stream = heads.get(entry.stream)!
    if (stream.closed) throw new Error(`Ledger stream ${entry.stream} is closed`)
    const seq = stream.seq + 1
    const salt = randomBytes(32).toString('hex')
    const payload = ledgerValue(entry.closes ? { ...entry.payload, entries: seq + 1 } : entry.payload)
    const made = leafText({
      stream: entry.stream,
      seq,
      prev: stream.prev,
      type: entry.type,
      at: at.toISOString(),
      salt,
      payload,
    })
    const index = frontier.size
    frontier = appendLeaf(frontier, fromHex(made.leafHash))
    heads.set(entry.stream, { seq, prev: made.leafHash, closed: entry.closes ?? false })
    rows.push([index, entry.stream, seq, entry.type, at, made.leaf, made.leafHash, salt, made.payload])
    receipts.push({ index, size: frontier.size, root: toHex(rootOf(frontier)), leafHash: made.leafHash })
  }
  await insertRows(trx, rows)
  await storeHeads(trx, heads, frontier)
  return receipts
}

type StreamHead = { seq: number; prev: string; closed: boolean }

async function streamHeads(trx: TransactionClientContract, entries: readonly NewEntry[]) {
  const names = [...new Set(entries.map((entry) => entry.stream))]
  const heads = new Map<string, StreamHead>(
    names.map((name) => [name, { seq: -1, prev: FIRST_PREV, closed: false }])
  )
  const found = await trx.from('ledger_streams').whereIn('stream', names)
  for (const row of found) heads.set(row.stream, { seq: row.seq, prev: row.prev, closed: row.closed })
  return heads
}

async function insertRows(trx: TransactionClientContract, rows: unknown[][]) {
  for (const [index, stream, seq, type, at, leaf, leafHash, salt, payload] of rows) {
    await trx.rawQuery(
      `WITH entry AS (
         INSERT INTO ledger_entries (index, stream, seq, type, at, leaf, leaf_hash) VALUES (?, ?, ?, ?, ?, ?, ?)
         RETURNING index
       ) INSERT INTO ledger_payloads (index, salt, payload) SELECT ?, ?, ? FROM entry`,
      [index, stream, seq, type, at, leaf, leafHash, index, salt, payload] as any[]
    )
  }
}

async function storeHeads(
  trx: TransactionClientContract,
  heads: Map<string, StreamHead>,
  frontier: Frontier
) {
  for (const [stream, head] of heads) {
    await trx.rawQuery(
      `INSERT INTO ledger_streams (stream, seq, prev, closed) VALUES (?, ?, ?, ?)
       ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, prev = excluded.prev, closed = excluded.closed`,
      [stream, head.seq, head.prev, head.closed]
    )
  }
  await trx.rawQuery('UPDATE ledger_head SET size = ?, frontier = ?::jsonb, root = ? WHERE id = 1', [
    frontier.size,
    JSON.stringify(frontier.nodes),
    toHex(rootOf(frontier)),
  ])
}
