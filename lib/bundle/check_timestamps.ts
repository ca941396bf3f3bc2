import { fromHex } from '../bytes.ts'
import { readTimestamps, TIMESTAMP_LIST, type StampedCheckpoint } from '../ledger/timestamps.ts'
import { verifyConsistency } from '../merkle.ts'
import type { Certificate } from '../pki/certificate.ts'
import type { Checkpoint } from '../tlog/checkpoint.ts'
import type { VerifierKey } from '../tlog/keys.ts'
import { check, type BundleCheck, type Files, type ReadEntry } from './checks.ts'
import { ENTRIES, readStampProofs, STAMP_PROOFS } from './format.ts'

/** An entry's time is set when its transaction begins; clocks of log and authority may differ by as much. */
const TOLERANCE_MS = 5 * 60_000

/**
 * Rule DRAW-9. When the entries were there, by somebody who knows neither log nor witness: each daily timestamp is over
 * a tree that the checkpoint's goes on from, and no entry in one claims a later time than it. `keys` are those
 * of the log, `roots` those of time-stamping authorities, from elsewhere. Empty where the bundle has no timestamps.
 */
export async function timestampChecks(
  files: Files,
  entries: readonly (ReadEntry | undefined)[],
  given: { checkpoint: Checkpoint; keys: readonly VerifierKey[]; roots: readonly Certificate[] }
): Promise<{ checks: BundleCheck[]; trust: BundleCheck[] }> {
  const of = [...files.keys()].filter((path) => path.startsWith('timestamps/'))
  if (of.length === 0) return { checks: [], trust: [] }
  const read = await readTimestamps(async (path) => files.get(path) ?? null, given.keys, given.roots)
  if (!read) return { checks: [check('bundle_timestamps', false, TIMESTAMP_LIST, of)], trust: [] }
  const { stamped, fault, unknown } = read
  const foreign =
    fault ?? notBefore(stamped, readStampProofs(files.get(STAMP_PROOFS) ?? new Uint8Array()), given)
  const place = foreign && `${foreign.day} ${foreign.why}`
  const wrong = misdated(entries, stamped)
  return {
    checks: [
      check('bundle_timestamps', place === null, place ?? told(stamped), of),
      check('bundle_times', wrong === null, wrong, [ENTRIES, ...of]),
    ],
    trust: [check('ledger_timestamp_root_trusted', unknown === null, unknown, of)],
  }
}

/** The first that is over a tree which the checkpoint's does not go on from. */
function notBefore(
  stamped: readonly StampedCheckpoint[],
  proofs: ReadonlyMap<string, readonly string[]> | undefined,
  { checkpoint }: { checkpoint: Checkpoint }
): { day: string; why: string } | null {
  if (!proofs) return { day: 'consistency.json', why: 'malformed' }
  const foreign = stamped.find(({ day, checkpoint: { size, root } }) => {
    const proof = proofs.get(day)?.map(fromHex)
    const claim = { first: size, firstRoot: root, second: checkpoint.size, secondRoot: checkpoint.root }
    return !proof || size === 0 || !verifyConsistency({ ...claim, proof })
  })
  if (foreign) return { day: foreign.day, why: 'another_log' }
  const idle = [...proofs.keys()].find((day) => !stamped.some((one) => one.day === day))
  return idle === undefined ? null : { day: idle, why: 'missing' }
}

/**
 * The first entry later than a timestamp that covers it. That one which it does not cover claims to be earlier proves
 * nothing: the tree that was stamped may be older than the timestamp, as long as the witness was away.
 */
function misdated(
  entries: readonly (ReadEntry | undefined)[],
  stamped: readonly StampedCheckpoint[]
): string | null {
  for (const entry of entries) {
    if (!entry) continue
    const at = Date.parse(entry.read.at)
    const one = stamped.find(({ checkpoint: { size }, time }) => {
      return entry.index < size && at - time.getTime() > TOLERANCE_MS
    })
    if (one) return `index ${entry.index} ${one.day}`
  }
  return null
}

/** What the timestamps show, where nothing is wrong with them. */
function told(stamped: readonly StampedCheckpoint[]): string {
  return stamped
    .map(({ checkpoint, time, authority }) => `index < ${checkpoint.size}: ${time.toJSON()} ${authority}`)
    .join('; ')
}
