import { fromHex, sha256, toHex, utf8 } from '../bytes.ts'
import { canonicalJson } from '../canonical_json.ts'
import { CLOSING_TYPE } from '../ledger/leaf.ts'
import { Streams } from '../ledger/streams.ts'
import { verifyInclusion } from '../merkle.ts'
import type { Checkpoint } from '../tlog/checkpoint.ts'
import {
  BUNDLED_ENTRY_TYPE,
  closedDigest,
  CHECKPOINT,
  ENTRIES,
  filesDigest,
  MANIFEST,
  type BundleManifest,
} from './format.ts'
import { check, type BundleCheck, type ReadEntry } from './checks.ts'

/** The entries of the stream: each in the tree, none missing, the opened ones as they were committed to. */
export function entryChecks(
  manifest: BundleManifest,
  given: readonly (ReadEntry | undefined)[],
  checkpoint: Checkpoint
): BundleCheck[] {
  const { stream } = manifest.review
  const malformed = given.findIndex((entry) => entry?.read.stream !== stream)
  if (malformed >= 0 || given.length === 0)
    return [check('bundle_entries', false, `line ${malformed + 1}`, [ENTRIES])]
  const entries = given as readonly ReadEntry[]
  const outside = entries.find((entry) => !isIncluded(entry, checkpoint))
  const broken = firstBreak(entries)
  const differing = entries.find((entry) => !opensRightly(entry))
  return [
    check('bundle_entries', true, null, [ENTRIES]),
    check('bundle_inclusion', !outside, outside ? `index ${outside.index}` : null, [ENTRIES, CHECKPOINT]),
    check('bundle_stream', !broken, broken, [ENTRIES]),
    ...lastChecks(manifest, entries),
    check('bundle_openings', !differing, differing ? `index ${differing.index}` : null, [ENTRIES]),
  ]
}

export function isIncluded({ index, hash, path }: ReadEntry, { size, root }: Checkpoint): boolean {
  return verifyInclusion({ index, size, leaf: fromHex(hash), proof: path.map(fromHex), root })
}

/** Each entry goes on from the one before, and they stand in the order of the log. */
function firstBreak(entries: readonly ReadEntry[]): string | null {
  const streams = new Streams()
  let last = -1
  for (const { index, read, hash } of entries) {
    const broken = index <= last ? 'order' : streams.next(read, hash)
    if (broken) return `index ${index} ${broken}`
    last = index
  }
  return null
}

export function opensRightly({ opening, read }: ReadEntry): boolean {
  if (!opening) return true
  const { salt, payload } = opening
  return toHex(sha256(fromHex(salt), utf8(canonicalJson(payload)))) === read.commit
}

/**
 * The last entry says how many there are: that which closes the stream, or that which tells of this bundle. It also
 * fixes the list of the other files, the number of the review, and which entries stay closed, and why.
 */
function lastChecks(manifest: BundleManifest, entries: readonly ReadEntry[]): BundleCheck[] {
  const told = entries.find(({ index }) => index === manifest.entry)
  const { read, opening } = entries.at(-1)!
  const ends = read.type === CLOSING_TYPE || entries.at(-1) === told
  const counted = ends && opening?.payload.entries === entries.length
  const payload = told?.read.type === BUNDLED_ENTRY_TYPE ? told.opening?.payload : undefined
  const fixed = payload?.files === filesDigest(manifest.files)
  const named = payload?.number === manifest.review.number
  const closed = payload?.closed === closedDigest(entries)
  const place = `index ${manifest.entry}`
  return [
    check('bundle_count', counted, counted ? null : `${entries.length}`, [ENTRIES]),
    check('bundle_list', fixed, fixed ? null : place, [MANIFEST, ENTRIES]),
    check('bundle_review', named, named ? null : place, [MANIFEST, ENTRIES]),
    check('bundle_closed', closed, closed ? null : place, [ENTRIES]),
  ]
}
