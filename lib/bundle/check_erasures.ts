import type { Json } from '../canonical_json.ts'
import { ERASURE_TYPE, LEDGER_STREAM, RESTORED_TYPE } from '../ledger/leaf.ts'
import type { Checkpoint } from '../tlog/checkpoint.ts'
import { isIncluded, opensRightly } from './check_entries.ts'
import { check, type BundleCheck, type ReadEntry } from './checks.ts'
import { ENTRIES, ERASURES } from './format.ts'

/**
 * An entry is closed as erased only where one of the log, shown beside, tells of its erasure by index and leaf, or that
 * its content was lost with a database. None is shown that tells of no entry here.
 */
export function erasureChecks(
  entries: readonly (ReadEntry | undefined)[],
  erasures: readonly (ReadEntry | undefined)[],
  checkpoint: Checkpoint
): BundleCheck {
  const gone = entries.filter((entry) => entry?.withheld === 'erased') as readonly ReadEntry[]
  const told = erasures.map((erasure) => (entry: ReadEntry) => {
    return erasure !== undefined && isOfTheLog(erasure, checkpoint) && tellsOf(erasure, entry)
  })
  const untold = gone.find((entry) => !told.some((tells) => tells(entry)))
  const idle = told.findIndex((tells) => !gone.some(tells))
  const place = untold ? `index ${untold.index}` : idle >= 0 ? `line ${idle + 1}` : null
  return check('bundle_erasures', place === null, place, [ENTRIES, ERASURES])
}

function isOfTheLog(erasure: ReadEntry, checkpoint: Checkpoint): boolean {
  return erasure.read.stream === LEDGER_STREAM && isIncluded(erasure, checkpoint) && opensRightly(erasure)
}

function tellsOf({ read, opening }: ReadEntry, { index, hash }: ReadEntry): boolean {
  const said = opening?.payload ?? {}
  if (read.type === ERASURE_TYPE && Array.isArray(said.erased))
    return said.erased.some((one) => field(one, 'index') === index && field(one, 'leafHash') === hash)
  const [from, to] = [field(said.lost, 'from'), field(said.lost, 'to')]
  if (read.type !== RESTORED_TYPE || typeof from !== 'number' || typeof to !== 'number') return false
  return index >= from && index < to
}

function field(value: Json | undefined, name: string): Json | undefined {
  const record = typeof value === 'object' && value !== null && !Array.isArray(value)
  return record && Object.hasOwn(value, name) ? (value as Record<string, Json>)[name] : undefined
}
