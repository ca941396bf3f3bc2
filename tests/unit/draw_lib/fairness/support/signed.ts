import { utf8 } from '#lib/bytes'
import { DRAW_ENTRY_TYPES } from '#lib/draw/fairness/entry_types'
import { yearOf, type EntriesFile, type FileEntry } from '#lib/draw/fairness/entries_file'
import { SIGNED_YEAR_FORMAT, type SignedYear } from '#lib/draw/fairness/signed_year'
import { leafHash, merkleRoot } from '#lib/merkle'
import { checkpointOf, type Signers } from '#tests/support/made_ledger'

/** Everything of a log that a year's file is made of; `file` holds every entry of it. */
export function signedYear(file: EntriesFile, year = file.year, signers?: Signers): SignedYear {
  const leafOf = ({ leaf }: FileEntry) =>
    JSON.parse(leaf) as { stream: string; type: string; at: string; seq: number }
  const committed = file.entries.filter((entry) => {
    const { type, at } = leafOf(entry)
    return type === 'draw.committed' && yearOf(at, file.utcOffsetMinutes) === year
  })
  const drawn = new Set(committed.map(({ payload }) => payload!.drawId))
  const goneOn = file.entries.filter((entry) => {
    return leafOf(entry).type === 'draw.same_plan' && drawn.has(entry.payload!.drawId!)
  })
  const streams = new Set([...committed, ...goneOn].map((entry) => leafOf(entry).stream))
  const inStreams = file.entries.filter((entry) => streams.has(leafOf(entry).stream))
  const outside = file.entries.filter((entry) => !streams.has(leafOf(entry).stream))
  const beside = outside.filter((entry) => DRAW_ENTRY_TYPES.has(leafOf(entry).type))
  return {
    format: SIGNED_YEAR_FORMAT,
    year,
    utcOffsetMinutes: file.utcOffsetMinutes,
    checkpoint: signedOver(
      file.entries.map(({ leaf }) => leaf),
      signers
    ),
    streams: file.streams.filter(({ stream }) => streams.has(stream)),
    entries: inStreams,
    beside,
    others: outside.filter((entry) => !beside.includes(entry)).map(({ leaf }) => leaf),
  }
}

export function signedOver(leaves: readonly string[], signers?: Signers): string {
  const root = merkleRoot(leaves.map((leaf) => leafHash(utf8(leaf))))
  return new TextDecoder().decode(checkpointOf(leaves.length, root, signers))
}
