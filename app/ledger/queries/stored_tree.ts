import db from '@adonisjs/lucid/services/db'
import { fromHex } from '#lib/bytes'
import { merkleRoot } from '#lib/merkle'
import { TileTree } from '#lib/tlog/tile_tree'
import { TILE_WIDTH } from '#lib/tlog/tiles'

/** The tree of the first `size` entries, read a tile at a time: a proof costs a few short reads at any size. */
export function storedTree(size: number): TileTree {
  return new TileTree(size, storedHashes)
}

/** The first `width` hashes of a tile. @throws RangeError when the log is not that long. */
export async function storedHashes(level: number, index: number, width: number): Promise<Uint8Array[]> {
  const from = index * TILE_WIDTH
  return level === 0 ? leafHashes(from, width) : nodeHashes(level, from, width)
}

async function leafHashes(from: number, width: number): Promise<Uint8Array[]> {
  const rows = await db
    .from('ledger_entries')
    .where('index', '>=', from)
    .where('index', '<', from + width)
    .orderBy('index')
    .select('leaf_hash')
  if (rows.length !== width) throw new RangeError('index_outside_tree')
  return rows.map((row) => fromHex(row.leaf_hash))
}

/** Nodes are kept when a checkpoint covers them; one that came since is made from the full tile below it. */
async function nodeHashes(level: number, from: number, width: number): Promise<Uint8Array[]> {
  const rows = await db
    .from('ledger_nodes')
    .where('level', level)
    .where('index', '>=', from)
    .where('index', '<', from + width)
    .select('index', 'hash')
  const kept = new Map(rows.map((row) => [Number(row.index), fromHex(row.hash)]))
  const hashes: Uint8Array[] = []
  for (let index = from; index < from + width; index++)
    hashes.push(kept.get(index) ?? merkleRoot(await storedHashes(level - 1, index, TILE_WIDTH)))
  return hashes
}
