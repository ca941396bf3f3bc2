import db from '@adonisjs/lucid/services/db'
import { utf8 } from '#lib/bytes'
import { encodeEntries, encodeHashes, TILE_WIDTH, widthIn, type Tile } from '#lib/tlog/tiles'
import { latestCheckpoint } from '#ledger/queries/checkpoints'
import { storedHashes } from '#ledger/queries/stored_tree'

/** A tile as it is served, or null where no checkpoint covers it yet. */
export async function tileContent({ level, index, width }: Tile): Promise<Uint8Array | null> {
  const covered = (await latestCheckpoint())?.size ?? 0
  if (width > widthIn(covered, level, index)) return null
  if (level !== 'entries') return encodeHashes(await storedHashes(level, index, width))
  return encodeEntries(await entriesFrom(index * TILE_WIDTH, width))
}

async function entriesFrom(from: number, width: number): Promise<Uint8Array[]> {
  const rows = await db
    .from('ledger_entries')
    .where('index', '>=', from)
    .where('index', '<', from + width)
    .orderBy('index')
    .select('leaf')
  if (rows.length !== width) throw new RangeError('index_outside_tree')
  return rows.map((row) => utf8(row.leaf))
}
