import { parseCheckpoint, type Checkpoint } from '../../tlog/checkpoint.ts'
import { parseNote } from '../../tlog/note.ts'
import { utf8 } from '../../bytes.ts'
import { exactFields, isIntegerBetween } from '../read.ts'
import { isEntry, isStream, type FileEntry, type StreamCount } from './entries_file.ts'

export const SIGNED_YEAR_FORMAT = 'lunzheng-fairness-entries/2'

/**
 * A year's entries with the whole log around them: every leaf up to a checkpoint that the log signed and the witness
 * cosigned. Whoever has their keys knows that no draw was left out.
 */
export type SignedYear = {
  readonly format: typeof SIGNED_YEAR_FORMAT
  readonly year: number
  /** Civil time of the jurisdiction, for what is a year. */
  readonly utcOffsetMinutes: number
  /** The signed note. */
  readonly checkpoint: string
  readonly streams: readonly StreamCount[]
  /** All of these streams. */
  readonly entries: readonly FileEntry[]
  /** Of other streams what tells of draws too: those of other years, and plans that came again. */
  readonly beside: readonly FileEntry[]
  /** The exact text of every other entry of the log, by index: closed, but for its stream, type and time. */
  readonly others: readonly string[]
}

const FIELDS = ['beside', 'checkpoint', 'entries', 'format', 'others', 'streams', 'utcOffsetMinutes', 'year']

/** Undefined for what is no such file. `value` was canonical JSON. */
export function readSignedYear(value: unknown): SignedYear | undefined {
  const file = exactFields(value, FIELDS)
  const readable =
    file !== undefined &&
    file.format === SIGNED_YEAR_FORMAT &&
    isIntegerBetween(file.year, 1970, 9999) &&
    isIntegerBetween(file.utcOffsetMinutes, -1440, 1440) &&
    typeof file.checkpoint === 'string' &&
    checkpointIn(file.checkpoint) !== undefined &&
    isList(file.streams, isStream) &&
    isList(file.entries, isEntry) &&
    isList(file.beside, isEntry) &&
    isList(file.others, (leaf) => typeof leaf === 'string')
  return readable ? (file as unknown as SignedYear) : undefined
}

/** What the note says, whoever signed it. */
export function checkpointIn(note: string): Checkpoint | undefined {
  const parsed = parseNote(utf8(note))
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed
  return checkpoint.ok ? checkpoint.value : undefined
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem)
}
