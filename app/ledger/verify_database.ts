import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { canonicalJson } from '#lib/canonical_json'
import { CLOSING_TYPE, readLeaf } from '#lib/ledger/leaf'
import { Streams } from '#lib/ledger/streams'
import { fromHex, toHex, utf8 } from '#lib/bytes'
import { appendLeaf, EMPTY_FRONTIER, leafHash, rootOf, type Frontier } from '#lib/merkle'
import { signedAnchors, type AnchorFinding } from '#ledger/verify_anchors'
import { commitment } from '#ledger/domain/entry'
import { auditedTable, auditedTableNames } from '#ledger/domain/audited_tables'
import { ledgerDigest, ledgerValue } from '#ledger/domain/ledger_value'

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
      index: number
    }
  | { code: 'head_differs'; have: string; computed: string }
  | AnchorFinding
  | { code: 'row_differs' | 'row_missing' | 'row_unlogged'; table: string; id: string; column?: string }

export interface LedgerVerdict {
  readonly size: number
  readonly root: string
  readonly erased: number
  readonly findings: readonly LedgerFinding[]
}

type Fold = Map<string, Map<string, Record<string, unknown>>>
type Client = typeof db | TransactionClientContract
const BATCH = 2000

/**
 * Recomputes the whole log from what is stored, compares it with every checkpoint that was signed, then the fold of
 * its changes with the tables, row by row. Stops at the first damaged entry, since nothing after it can be believed. Beside a running app
 * `client` is a transaction that sees one moment.
 */
export async function verifyLedger(
  progress: (done: number, of: number) => void = () => {},
  client: Client = db
): Promise<LedgerVerdict> {
  const head = await client.from('ledger_head').where('id', 1).first()
  const size = Number(head.size)
  const fold: Fold = new Map()
  const streams = new Streams()
  const anchors = await signedAnchors(client)
  let frontier: Frontier = EMPTY_FRONTIER
  let erased = 0
  for (let from = 0; from < size || from === 0; from += BATCH) {
    const rows = await entriesFrom(client, from)
    for (const [offset, row] of rows.entries()) {
      const finding = checkEntry(row, from + offset, streams)
      if (finding) return { size, root: toHex(rootOf(frontier)), erased, findings: [finding] }
      frontier = appendLeaf(frontier, fromHex(row.leaf_hash))
      anchors.pass(frontier)
      if (row.erased_at) erased += 1
      else applyChanges(fold, JSON.parse(row.payload))
    }
    progress(Math.min(from + rows.length, size), size)
    if (rows.length < BATCH) break
  }
  const root = toHex(rootOf(frontier))
  const findings: LedgerFinding[] = []
  if (frontier.size !== size || root !== head.root)
    findings.push({ code: 'head_differs', have: head.root, computed: root })
  findings.push(...anchors.findings(size))
  for (const table of auditedTableNames())
    findings.push(...(await compareTable(client, table, fold.get(table) ?? new Map())))
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

function checkEntry(row: any, index: number, streams: Streams): LedgerFinding | null {
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
  if (row.erased_at) return null
  if (!row.salt || row.payload === null) return { code: 'payload_missing', index }
  if (commitment(row.salt, row.payload) !== leaf.commit) return { code: 'payload_altered', index }
  const count = leaf.type === CLOSING_TYPE ? JSON.parse(row.payload).entries : leaf.seq + 1
  return count === leaf.seq + 1 ? null : { code: 'stream_count', index }
}

function applyChanges(fold: Fold, payload: any): void {
  for (const change of payload.changes ?? []) {
    const rows = fold.get(change.table) ?? new Map()
    fold.set(change.table, rows)
    if (change.op === 'delete') rows.delete(change.id)
    else rows.set(change.id, { ...(change.op === 'insert' ? {} : rows.get(change.id)), ...change.set })
  }
}

async function compareTable(
  client: Client,
  table: string,
  expected: Map<string, Record<string, unknown>>
): Promise<LedgerFinding[]> {
  const { digest = [], skip = [] } = auditedTable(table)
  const findings: LedgerFinding[] = []
  const seen = new Set<string>()
  for (const row of await client.from(table).orderBy('id')) {
    seen.add(row.id)
    const want = expected.get(row.id)
    if (!want) {
      findings.push({ code: 'row_unlogged', table, id: row.id })
      continue
    }
    const column = Object.keys(row).find((name) => {
      if (name === 'id' || skip.includes(name)) return false
      const have = digest.includes(name) ? ledgerDigest(row[name]) : ledgerValue(row[name])
      return canonicalJson(have) !== canonicalJson(want[name] ?? null) && !isDefault(want, name, have)
    })
    if (column) findings.push({ code: 'row_differs', table, id: row.id, column })
  }
  for (const id of expected.keys()) if (!seen.has(id)) findings.push({ code: 'row_missing', table, id })
  return findings
}

/** A column that no entry has ever set still has its default; it may be false, zero or empty, nothing else. */
function isDefault(want: Record<string, unknown>, name: string, have: unknown): boolean {
  if (name in want) return false
  return have === false || have === 0 || (Array.isArray(have) && have.length === 0)
}
