/** What somebody writes who knows the format, owns the database and has no key: everything fits again. */
import { fromHex, toHex } from '#lib/bytes'
import { CLOSING_TYPE } from '#lib/ledger/leaf'
import { appendLeaf, EMPTY_FRONTIER, rootOf } from '#lib/merkle'
import { FIRST_PREV, leafText } from '#ledger/domain/entry'
import type { LogRow } from '#bin/soak/tampering/stored_log'
import type { Statement } from '#bin/soak/tampering/tampering'

type Entry = Pick<LogRow, 'stream' | 'type' | 'at' | 'salt' | 'payload'>

/** The log with these entries, in their order, each with the place, links and hashes that follow. */
export function chained(entries: readonly Entry[]): LogRow[] {
  const heads = new Map<string, { seq: number; prev: string }>()
  return entries.map((entry, index) => {
    const { seq, prev } = heads.get(entry.stream) ?? { seq: 0, prev: FIRST_PREV }
    const { stream, type, at, salt } = entry
    const payload = JSON.parse(entry.payload)
    if (type === CLOSING_TYPE) payload.entries = seq + 1
    const made = leafText({ stream, seq, prev, type, at, salt, payload })
    heads.set(stream, { seq: seq + 1, prev: made.leafHash })
    return { ...entry, index, seq, leaf: made.leaf, leafHash: made.leafHash, payload: made.payload }
  })
}

export function firstDifference(old: readonly LogRow[], made: readonly LogRow[]): number {
  const length = Math.max(old.length, made.length)
  return Array.from({ length }, (_, i) => i).find((i) => old[i]?.leafHash !== made[i]?.leafHash) ?? length
}

/** Statements that put `made` in the place of what is stored, from its first difference on. */
export function rewriting(old: readonly LogRow[], made: readonly LogRow[]): Statement[] {
  const from = firstDifference(old, made)
  const streams = new Map(
    made.map(({ stream, seq, leafHash: prev, type }) => [
      stream,
      { stream, seq, prev, closed: type === CLOSING_TYPE },
    ])
  )
  const nodes: { level: number; index: number; hash: string }[] = []
  let frontier = EMPTY_FRONTIER
  for (const { index, leafHash } of made)
    frontier = appendLeaf(frontier, fromHex(leafHash), (height, hash) => {
      if (height % 8 === 0)
        nodes.push({ level: height / 8, index: Math.floor(index / 2 ** height), hash: toHex(hash) })
    })
  const rows = made.slice(from).map(({ leafHash, ...row }) => ({ ...row, leaf_hash: leafHash }))
  return [
    ['DELETE FROM ledger_payloads WHERE index >= ?', [from]],
    ['DELETE FROM ledger_entries WHERE index >= ?', [from]],
    [
      `INSERT INTO ledger_entries (index, stream, seq, type, at, leaf, leaf_hash)
       SELECT index, stream, seq, type, at, leaf, leaf_hash FROM jsonb_to_recordset(?::jsonb) AS g(index bigint,
         stream text, seq integer, type text, at timestamptz, leaf text, leaf_hash text)`,
      [JSON.stringify(rows)],
    ],
    [
      `INSERT INTO ledger_payloads (index, salt, payload)
       SELECT * FROM jsonb_to_recordset(?::jsonb) AS g(index bigint, salt text, payload text)`,
      [JSON.stringify(rows)],
    ],
    ['DELETE FROM ledger_streams'],
    [
      `INSERT INTO ledger_streams (stream, seq, prev, closed)
       SELECT * FROM jsonb_to_recordset(?::jsonb) AS s(stream text, seq integer, prev text, closed boolean)`,
      [JSON.stringify([...streams.values()])],
    ],
    ['DELETE FROM ledger_nodes'],
    [
      `INSERT INTO ledger_nodes (level, index, hash)
       SELECT * FROM jsonb_to_recordset(?::jsonb) AS n(level smallint, index bigint, hash text)`,
      [JSON.stringify(nodes)],
    ],
    [
      'UPDATE ledger_head SET size = ?, frontier = ?::jsonb, root = ?',
      [frontier.size, JSON.stringify(frontier.nodes), toHex(rootOf(frontier))],
    ],
    // They can't be signed again, so they had better not be there.
    ['DELETE FROM ledger_checkpoints WHERE size > ?', [from]],
  ]
}
