import db from '@adonisjs/lucid/services/db'
import { CLOSING_TYPE, readLeaf } from '#lib/ledger/leaf'
import { Streams } from '#lib/ledger/streams'
import { fromHex, toHex, utf8 } from '#lib/bytes'
import { appendLeaf, EMPTY_FRONTIER, leafHash, rootOf, type Frontier } from '#lib/merkle'
import { signedAnchors, type AnchorFinding } from '#ledger/verify_anchors'
import { commitment } from '#ledger/domain/entry'
import { ERASURE_TYPE, LEDGER_STREAM, type ErasedEntry } from '#ledger/domain/erasure'
import { Replay, type Client, type RowFinding } from '#ledger/replay'

export type LedgerFinding =
  | {
      code:
        | 'index_gap'
        | 'leaf_altered'
        | 'leaf_unreadable'
        | 'columns_differ'
        | 'stream_broken'
        | 'stream_count'
        | 'payload_altered'
        | 'payload_missing'
        /** It is said to be erased, and no entry says so: taken away by somebody who had no right to. */
        | 'erasure_unlogged'
        /** An entry says that it was erased, and here it is: an older copy was put back. */
        | 'erasure_undone'
      index: number
    }
  | { code: 'head_differs'; have: string; computed: string }
  | AnchorFinding
  | RowFinding

export interface LedgerVerdict {
  readonly size: number
  readonly root: string
  readonly erased: number
  readonly findings: readonly LedgerFinding[]
}

const BATCH = 2000

/**
 * Recomputes the whole log from what is stored, compares it with every checkpoint that was signed, then the fold of
 * its changes with the tables, row by row. Stops at the first damaged entry, since nothing after it can be believed.
 * Beside a running app `client` is a transaction that sees one moment.
 */
export async function verifyLedger(
  progress: (done: number, of: number) => void = () => {},
  client: Client = db
): Promise<LedgerVerdict> {
  const head = await client.from('ledger_head').where('id', 1).first()
  const size = Number(head.size)
  const replay = new Replay()
  const erasures = await erasuresOnRecord(client)
  const streams = new Streams()
  const anchors = await signedAnchors(client)
  let frontier: Frontier = EMPTY_FRONTIER
  let erased = 0
  for (let from = 0; from < size || from === 0; from += BATCH) {
    const rows = await entriesFrom(client, from)
    for (const [offset, row] of rows.entries()) {
      const finding = checkEntry(row, from + offset, streams, erasures)
      if (finding) return { size, root: toHex(rootOf(frontier)), erased, findings: [finding] }
      frontier = appendLeaf(frontier, fromHex(row.leaf_hash))
      anchors.pass(frontier)
      if (row.payload !== null) replay.apply(JSON.parse(row.payload))
      else {
        erased += 1
        replay.applyErased(erasures.get(from + offset)!.changes)
      }
    }
    progress(Math.min(from + rows.length, size), size)
    if (rows.length < BATCH) break
  }
  const root = toHex(rootOf(frontier))
  const findings: LedgerFinding[] = []
  if (frontier.size !== size || root !== head.root)
    findings.push({ code: 'head_differs', have: head.root, computed: root })
  findings.push(...anchors.findings(size))
  findings.push(...(await replay.compare(client)))
  return { size, root, erased, findings }
}

async function entriesFrom(client: Client, from: number): Promise<any[]> {
  const result = await client.rawQuery(
    `SELECT e.index, e.stream, e.seq, e.type, e.at, e.leaf, e.leaf_hash, p.salt, p.payload, p.erased_at
     FROM ledger_entries e LEFT JOIN ledger_payloads p USING (index)
     WHERE e.index >= ? ORDER BY e.index LIMIT ?`,
    [from, BATCH]
  )
  return result.rows
}

/** Only what its own leaf commits to is on record. */
async function erasuresOnRecord(client: Client): Promise<Map<number, ErasedEntry>> {
  const rows = await client
    .from('ledger_entries as e')
    .join('ledger_payloads as p', 'p.index', 'e.index')
    .where({ 'e.type': ERASURE_TYPE, 'e.stream': LEDGER_STREAM })
    .whereNotNull('p.payload')
    .select('e.leaf', 'p.salt', 'p.payload')
  const entries = rows
    .filter(({ leaf, salt, payload }) => readLeaf(utf8(leaf))?.commit === commitment(salt, payload))
    .flatMap(({ payload }) => JSON.parse(payload).erased as ErasedEntry[])
  return new Map(entries.map((entry) => [entry.index, entry]))
}

function checkEntry(
  row: any,
  index: number,
  streams: Streams,
  erasures: ReadonlyMap<number, ErasedEntry>
): LedgerFinding | null {
  if (Number(row.index) !== index) return { code: 'index_gap', index }
  const bytes = utf8(row.leaf)
  if (toHex(leafHash(bytes)) !== row.leaf_hash) return { code: 'leaf_altered', index }
  const leaf = readLeaf(bytes)
  if (!leaf) return { code: 'leaf_unreadable', index }
  const same =
    leaf.stream === row.stream &&
    leaf.seq === row.seq &&
    leaf.type === row.type &&
    leaf.at === row.at.toISOString()
  if (!same) return { code: 'columns_differ', index }
  if (streams.next(leaf, row.leaf_hash)) return { code: 'stream_broken', index }
  const erased = erasures.get(index)?.leafHash === row.leaf_hash
  if (erased) return row.salt === null && row.payload === null ? null : { code: 'erasure_undone', index }
  if (row.erased_at) return { code: 'erasure_unlogged', index }
  if (!row.salt || row.payload === null) return { code: 'payload_missing', index }
  if (commitment(row.salt, row.payload) !== leaf.commit) return { code: 'payload_altered', index }
  const count = leaf.type === CLOSING_TYPE ? JSON.parse(row.payload).entries : leaf.seq + 1
  return count === leaf.seq + 1 ? null : { code: 'stream_count', index }
}
