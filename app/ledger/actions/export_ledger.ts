import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { TIMESTAMP_LIST, timestampPath } from '#lib/ledger/timestamps'
import { fail, ok, type Result } from '#lib/result'
import { formatVerifierKey } from '#lib/tlog/keys'
import { tilePath, tilesOf } from '#lib/tlog/tiles'
import { ownLogKey } from '#ledger/checkpoints/own_log'
import { pinnedWitness } from '#ledger/checkpoints/witness'
import { latestCheckpoint, latestCosigned } from '#ledger/queries/checkpoints'
import { tileContent } from '#ledger/queries/tile_content'
import { timestampDays, timestampFile } from '#ledger/queries/timestamps'

/**
 * Writes the log as anyone can fetch it: checkpoint, tiles, bundles of entries, daily timestamps, and the keys to
 * compare with those one has pinned. The latest checkpoint that the witness cosigned, or without a witness the latest of all.
 */
export async function exportLedger(
  directory: string
): Promise<Result<{ size: number; cosigned: boolean }, { code: 'no_checkpoint' }>> {
  const checkpoint = (await latestCosigned()) ?? (await latestCheckpoint())
  if (!checkpoint) return fail({ code: 'no_checkpoint' })
  const write = async (path: string, content: string | Uint8Array) => {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), content)
  }
  await write('checkpoint', checkpoint.note)
  await write('server.vkey', `${formatVerifierKey(ownLogKey())}\n`)
  const witness = await pinnedWitness()
  if (checkpoint.cosigned && witness) await write('witness.vkey', `${formatVerifierKey(witness)}\n`)
  for (const tile of tilesOf(checkpoint.size)) {
    const content = await tileContent(tile)
    if (!content) throw new Error(`${tilePath(tile)} is not covered by a checkpoint`)
    await write(tilePath(tile), content)
  }
  const days = await timestampDays(checkpoint.size)
  const stamps = days.flatMap((day) => [timestampPath(day, 'checkpoint'), timestampPath(day, 'tsr')])
  for (const path of days.length > 0 ? [TIMESTAMP_LIST, ...stamps] : [])
    await write(path, (await timestampFile(path, checkpoint.size))!)
  return ok({ size: checkpoint.size, cosigned: checkpoint.cosigned })
}
