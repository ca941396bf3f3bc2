import db from '@adonisjs/lucid/services/db'
import { toHex, utf8 } from '#lib/bytes'
import { appendLeaf, leafHash, rootOf, type Frontier } from '#lib/merkle'
import { fail, ok, type Result } from '#lib/result'
import type { LedgerProblem } from '#ledger/domain/ledger_problem'

const BATCH = 2048

interface Node {
  readonly level: number
  readonly index: number
  readonly hash: string
}

/**
 * Frontier of the log as it is stored, and its leaves since the one signed last: every entry since is read again and hashed
 * anew, and what comes out must be what the database says of itself. Nothing of what was signed before is taken
 * from the database.
 */
export async function extendHead(
  from: Frontier,
  stored: { size: number; root: string }
): Promise<Result<{ frontier: Frontier; leaves: Uint8Array[] }, LedgerProblem>> {
  let frontier = from
  const leaves: Uint8Array[] = []
  while (frontier.size < stored.size) {
    const rows = await entriesBetween(frontier.size, Math.min(frontier.size + BATCH, stored.size))
    const nodes: Node[] = []
    for (const row of rows) {
      const index = frontier.size
      const hash = leafHash(utf8(row.leaf))
      if (Number(row.index) !== index || toHex(hash) !== row.leaf_hash)
        return fail({ code: 'entry_altered', index })
      leaves.push(hash)
      frontier = appendLeaf(frontier, hash, (height, node) => {
        if (height % 8 === 0)
          nodes.push({ level: height / 8, index: Math.floor(index / 2 ** height), hash: toHex(node) })
      })
    }
    if (rows.length === 0) return fail({ code: 'entry_altered', index: frontier.size })
    await keepNodes(nodes)
  }
  return toHex(rootOf(frontier)) === stored.root
    ? ok({ frontier, leaves })
    : fail({ code: 'ledger_forked', size: stored.size })
}

async function entriesBetween(from: number, to: number) {
  const rows = await db
    .from('ledger_entries')
    .where('index', '>=', from)
    .where('index', '<', to)
    .orderBy('index')
    .select('index', 'leaf', 'leaf_hash')
  return rows as { index: string; leaf: string; leaf_hash: string }[]
}

/** Roots of full tiles, which spare a proof from reading the leaves below; they follow from the leaves alone. */
async function keepNodes(nodes: readonly Node[]): Promise<void> {
  if (nodes.length === 0) return
  await db.rawQuery(
    `INSERT INTO ledger_nodes (level, index, hash)
     SELECT level, index, hash FROM jsonb_to_recordset(?::jsonb) AS n(level smallint, index bigint, hash text)
     ON CONFLICT (level, index) DO UPDATE SET hash = excluded.hash`,
    [JSON.stringify(nodes)]
  )
}
