import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { toHex } from '#lib/bytes'
import { rootOf } from '#lib/merkle'
import type { Published } from '#ledger/resume/read_published'

const BATCH = 1000

/** Leaves as they were published, each with no content; streams and head as they stood at their end. */
export async function putBack(
  trx: TransactionClientContract,
  { entries, streams, nodes, frontier }: Published,
  from: number
): Promise<void> {
  for (let at = 0; at < entries.length; at += BATCH) {
    const rows = entries.slice(at, at + BATCH).map(({ leaf, text, hash }, i) => {
      const { stream, seq, type, at: time } = leaf
      return { index: from + at + i, stream, seq, type, at: time, leaf: text, leaf_hash: hash }
    })
    await trx.table('ledger_entries').multiInsert(rows)
    await trx
      .table('ledger_payloads')
      .multiInsert(rows.map(({ index }) => ({ index, salt: null, payload: null })))
  }
  await trx.rawQuery(
    `INSERT INTO ledger_streams (stream, seq, prev, closed)
     SELECT * FROM jsonb_to_recordset(?::jsonb) AS s(stream text, seq integer, prev text, closed boolean)
     ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, prev = excluded.prev, closed = excluded.closed`,
    [JSON.stringify(streams.map(([stream, seq, prev, closed]) => ({ stream, seq, prev, closed })))]
  )
  const root = toHex(rootOf(frontier))
  await trx.rawQuery(
    'UPDATE ledger_head SET size = ?, frontier = ?::jsonb, root = ?, behind = NULL WHERE id = 1',
    [frontier.size, JSON.stringify(frontier.nodes), root]
  )
  await trx.rawQuery(
    `INSERT INTO ledger_nodes (level, index, hash)
     SELECT level, index, hash FROM jsonb_to_recordset(?::jsonb) AS n(level smallint, index bigint, hash text)
     ON CONFLICT (level, index) DO UPDATE SET hash = excluded.hash`,
    [JSON.stringify(nodes)]
  )
}
