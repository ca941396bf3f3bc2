import { equalBytes, toHex, utf8 } from '../../bytes.ts'
import { appendLeaf, EMPTY_FRONTIER, leafHash, rootOf } from '../../merkle.ts'
import type { VerifierKey } from '../../tlog/keys.ts'
import { openCheckpoint } from '../../tlog/open_checkpoint.ts'
import { cosignersOf, logKeysOf } from '../ledger_signers.ts'
import { DRAW_ENTRY_TYPES } from './entry_types.ts'
import {
  ENTRIES_FORMAT,
  openEntries,
  readEntryLeaf,
  yearOf,
  type EntriesFile,
  type EntryFault,
} from './entries_file.ts'
import { checkpointIn, readSignedYear, type SignedYear } from './signed_year.ts'

/** Stable: texts live with whoever shows them. */
export type YearCheckCode =
  | 'year_readable'
  | 'year_checkpoint'
  | 'year_log'
  | 'year_entries'
  | 'year_draws'
  | 'year_ledger_key_trusted'
  | 'year_cosigner_key_trusted'

export type YearCheck = { readonly code: YearCheckCode; readonly ok: boolean; readonly detail: string | null }

export type YearVerification = {
  readonly verdict: 'genuine' | 'not_genuine' | 'consistent_unknown_signer' | 'unreadable'
  readonly checks: readonly YearCheck[]
  /** What the report is computed from; null where the file can't be read. */
  readonly entries: EntriesFile | null
}

/**
 * Rules DRAW-9, SUP-5. Whether a year's entries are those of a log that was signed and cosigned, and all of them: the
 * leaves are hashed to the root again, and every draw of the year is looked for among them.
 */
export function verifySignedYear(value: unknown, keys: readonly VerifierKey[]): YearVerification {
  const file = readSignedYear(value)
  if (!file) {
    return { verdict: 'unreadable', checks: [check('year_readable', 'shape')], entries: null }
  }
  const { origin, size, root } = checkpointIn(file.checkpoint)!
  const { format: _, checkpoint: __, others: ___, ...given } = file
  const entries: EntriesFile = { ...given, format: ENTRIES_FORMAT, head: { size, root: toHex(root) } }
  const { faults } = openEntries(entries)
  const checks = [
    check('year_checkpoint', checkpointFault(file, origin, keys)),
    check('year_log', logFault(file, size, root)),
    check('year_entries', said(faults.find(isOfOneEntry))),
    check('year_draws', said(faults.find(isOfAStream)) ?? leftOut(file)),
  ]
  const logs = logKeysOf(keys, origin).length > 0
  const trusted = [
    check('year_ledger_key_trusted', logs ? null : origin),
    check('year_cosigner_key_trusted', cosignersOf(keys).length > 0 ? null : 'none'),
  ]
  const consistent = checks.every(({ ok }) => ok)
  const known = trusted.every(({ ok }) => ok)
  const verdict = !consistent ? 'not_genuine' : known ? 'genuine' : 'consistent_unknown_signer'
  return { verdict, checks: [...checks, ...trusted], entries }
}

function checkpointFault(
  { checkpoint }: SignedYear,
  origin: string,
  keys: readonly VerifierKey[]
): string | null {
  const logs = logKeysOf(keys, origin)
  if (logs.length === 0) return null
  const cosigners = cosignersOf(keys)
  const opened = openCheckpoint(utf8(checkpoint), [...logs, ...cosigners])
  if (!opened.ok) return opened.error.code
  return cosigners.length > 0 && opened.value.cosigned.length === 0 ? 'checkpoint_not_cosigned' : null
}

/** Every entry in its place, the rest of the log in the gaps: no more and no fewer than the checkpoint counts. */
function logFault({ entries, beside, others }: SignedYear, size: number, root: Uint8Array): string | null {
  const count = entries.length + beside.length + others.length
  if (count !== size) return `${count} entries of ${size}`
  const leaves = new Array<string | undefined>(size).fill(undefined)
  for (const { index, leaf } of [...entries, ...beside]) {
    if (index >= size || leaves[index] !== undefined) return `index ${index}`
    leaves[index] = leaf
  }
  let next = 0
  let frontier = EMPTY_FRONTIER
  for (const leaf of leaves) frontier = appendLeaf(frontier, leafHash(utf8(leaf ?? others[next++]!)))
  return equalBytes(rootOf(frontier), root) ? null : 'root'
}

function isOfOneEntry({ code }: EntryFault): boolean {
  return code === 'leaf_unreadable' || code === 'commitment' || code === 'index_twice'
}

function isOfAStream({ code }: EntryFault): boolean {
  return code === 'entry_missing' || code === 'stream_broken' || code === 'stream_unknown'
}

function said(fault: EntryFault | undefined): string | null {
  if (!fault) return null
  const { code, ...place } = fault
  return [code, ...Object.values(place)].join(' ')
}

/** The first entry that tells of a draw of the year and is not where the report would read it. */
function leftOut({ year, utcOffsetMinutes, streams, entries, beside, others }: SignedYear): string | null {
  const whole = new Set(streams.map(({ stream }) => stream))
  for (const text of others) {
    const leaf = readEntryLeaf(text)
    if (!leaf) return `leaf_unreadable ${text.slice(0, 80)}`
    if (DRAW_ENTRY_TYPES.has(leaf.type) || whole.has(leaf.stream)) return place(leaf)
  }
  const drawn = new Set(entries.flatMap(({ payload }) => (payload ? [payload.drawId] : [])))
  for (const { leaf: text, payload } of beside) {
    const leaf = readEntryLeaf(text)
    if (!leaf) continue
    const isOfYear = leaf.type === 'draw.committed' && yearOf(leaf.at, utcOffsetMinutes) === year
    const goesOn = leaf.type === 'draw.same_plan' && payload !== null && drawn.has(payload.drawId!)
    if (isOfYear || goesOn || whole.has(leaf.stream)) return place(leaf)
  }
  return null
}

function place({ type, stream, seq }: { type: string; stream: string; seq: number }): string {
  return `${type} ${stream} ${seq}`
}

function check(code: YearCheckCode, fault: string | null): YearCheck {
  return { code, ok: fault === null, detail: fault }
}
