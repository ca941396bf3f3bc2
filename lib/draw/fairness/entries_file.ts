import { fromHex, sha256, toHex, utf8 } from '../../bytes.ts'
import { canonicalJson, parseStrictJson, type Json } from '../../canonical_json.ts'
import { leafHash } from '../../merkle.ts'
import { fail, ok, type Result } from '../../result.ts'
import { exactFields, isHash, isIntegerBetween, isText } from '../read.ts'
import { OPENED_TYPES } from './entry_types.ts'

export const ENTRIES_FORMAT = 'lunzheng-fairness-entries/1'

/**
 * What a year's report is computed from: every entry of the streams in which the year's draws went on, as the log
 * has it; those that the report reads are opened. `head` is the tree it was taken from. As a file of its own it is
 * bound to no signed log: `signed_year.ts` is.
 */
export type EntriesFile = {
  readonly format: typeof ENTRIES_FORMAT
  readonly year: number
  /** Civil time of the jurisdiction, for what is a year. */
  readonly utcOffsetMinutes: number
  readonly head: { readonly size: number; readonly root: string }
  /** How many entries each of these streams has in that tree. */
  readonly streams: readonly StreamCount[]
  readonly entries: readonly FileEntry[]
  /** Entries of other streams that tell of draws too: of other years, and of plans that came again. */
  readonly beside?: readonly FileEntry[]
}

export type StreamCount = { readonly stream: string; readonly entries: number }

export type FileEntry = {
  readonly index: number
  /** The entry's exact text in the log. */
  readonly leaf: string
  /** What opens it: SHA-256(salt ‖ canonical JSON of the payload) stands in the leaf. Null where it stays closed. */
  readonly salt: string | null
  readonly payload: { readonly [field: string]: Json } | null
}

/** An entry as the report reads it. */
export type OpenedEntry = {
  readonly index: number
  readonly stream: string
  readonly type: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly payload: { readonly [field: string]: Json }
}

/** Something about the entries that keeps the report from being the whole truth. */
export type EntryFault =
  | { readonly code: 'leaf_unreadable' | 'commitment' | 'index_twice'; readonly index: number }
  /** An entry that the report would read is not opened: erased, or kept back. */
  | { readonly code: 'entry_closed'; readonly index: number; readonly type: string }
  /** Entry `seq` of the stream is not there, or is not the one that the next one follows. */
  | {
      readonly code: 'entry_missing' | 'stream_broken' | 'stream_unknown'
      readonly stream: string
      readonly seq: number
    }

export type ReadEntries = {
  readonly opened: OpenedEntry[]
  readonly beside: OpenedEntry[]
  readonly faults: EntryFault[]
}

const FIELDS = ['entries', 'format', 'head', 'streams', 'utcOffsetMinutes', 'year']
const ENTRY = ['index', 'leaf', 'payload', 'salt']
const LEAF = ['at', 'commit', 'prev', 'seq', 'stream', 'type', 'v']
const FIRST_PREV = '0'.repeat(64)

/** The file behind a text, when it is one; every entry in it is still to be checked by `openEntries`. */
export function parseEntriesFile(text: string): Result<EntriesFile, { code: 'not_an_entries_file' }> {
  const parsed = parseStrictJson(text)
  const file = parsed.ok ? exactFields(parsed.value, FIELDS) : undefined
  const head = exactFields(file?.head, ['root', 'size'])
  const readable =
    file !== undefined &&
    file.format === ENTRIES_FORMAT &&
    isIntegerBetween(file.year, 1970, 9999) &&
    isIntegerBetween(file.utcOffsetMinutes, -1440, 1440) &&
    head !== undefined &&
    isHash(head.root) &&
    isIntegerBetween(head.size, 0, 2 ** 48) &&
    Array.isArray(file.streams) &&
    file.streams.every(isStream) &&
    Array.isArray(file.entries) &&
    file.entries.every(isEntry)
  return readable ? ok(file as unknown as EntriesFile) : fail({ code: 'not_an_entries_file' })
}

/** Opens what the file holds, in the order of the log, and says what is wrong with it or missing from it. */
export function openEntries(file: EntriesFile): ReadEntries {
  const inStreams = openAll(file.entries)
  const beside = openAll(file.beside ?? [])
  const faults = [...inStreams.faults, ...beside.faults, ...streamFaults(file, inStreams.streams)]
  return { opened: inStreams.opened, beside: beside.opened, faults }
}

type Streams = Map<string, Map<number, { hash: string; prev: string }>>

function openAll(entries: readonly FileEntry[]) {
  const faults: EntryFault[] = []
  const opened: OpenedEntry[] = []
  const streams: Streams = new Map()
  let before = -1
  for (const entry of [...entries].sort((a, b) => a.index - b.index)) {
    const { index } = entry
    const leaf = readEntryLeaf(entry.leaf)
    if (index === before) faults.push({ code: 'index_twice', index })
    if (!leaf) faults.push({ code: 'leaf_unreadable', index })
    before = index
    if (!leaf) continue
    const { stream, seq, prev, type, at, commit } = leaf
    const known = streams.get(stream) ?? new Map()
    streams.set(stream, known.set(seq, { hash: toHex(leafHash(utf8(entry.leaf))), prev }))
    if (entry.salt === null || entry.payload === null) {
      if (OPENED_TYPES.has(type)) faults.push({ code: 'entry_closed', index, type })
      continue
    }
    if (toHex(sha256(fromHex(entry.salt), utf8(canonicalJson(entry.payload)))) !== commit) {
      faults.push({ code: 'commitment', index })
      continue
    }
    opened.push({ index, stream, type, at, payload: entry.payload })
  }
  return { opened, faults, streams }
}

/** The civil year of a moment. */
export function yearOf(at: string, utcOffsetMinutes: number): number {
  return new Date(Date.parse(at) + utcOffsetMinutes * 60_000).getUTCFullYear()
}

/** Every stream runs from 0 without a gap up to its count, each entry naming the hash of the one before it. */
function streamFaults(file: EntriesFile, streams: Streams): EntryFault[] {
  const faults: EntryFault[] = []
  const counts = new Map(file.streams.map(({ stream, entries }) => [stream, entries]))
  for (const [stream, count] of counts) {
    let prev: string | null = FIRST_PREV
    for (let seq = 0; seq < count; seq++) {
      const entry = streams.get(stream)?.get(seq)
      if (!entry) faults.push({ code: 'entry_missing', stream, seq })
      else if (prev !== null && entry.prev !== prev) faults.push({ code: 'stream_broken', stream, seq })
      prev = entry?.hash ?? null
    }
  }
  for (const [stream, entries] of streams) {
    const seq = Math.max(...entries.keys())
    if (seq >= (counts.get(stream) ?? 0)) faults.push({ code: 'stream_unknown', stream, seq })
  }
  return faults
}

export type EntryLeaf = {
  stream: string
  seq: number
  prev: string
  type: string
  at: string
  commit: string
}

export function readEntryLeaf(text: string): EntryLeaf | undefined {
  const parsed = parseStrictJson(text)
  const leaf = parsed.ok ? exactFields(parsed.value, LEAF) : undefined
  const readable =
    leaf !== undefined &&
    leaf.v === 1 &&
    isText(leaf.stream) &&
    isText(leaf.type) &&
    isIntegerBetween(leaf.seq, 0, 2 ** 48) &&
    isHash(leaf.prev) &&
    isHash(leaf.commit) &&
    typeof leaf.at === 'string' &&
    !Number.isNaN(Date.parse(leaf.at))
  return readable ? (leaf as unknown as EntryLeaf) : undefined
}

export function isStream(value: unknown): boolean {
  const stream = exactFields(value, ['entries', 'stream'])
  return stream !== undefined && isText(stream.stream) && isIntegerBetween(stream.entries, 0, 2 ** 48)
}

export function isEntry(value: unknown): boolean {
  const entry = exactFields(value, ENTRY)
  if (!entry || !isIntegerBetween(entry.index, 0, 2 ** 48) || typeof entry.leaf !== 'string') return false
  if (entry.salt === null || entry.payload === null) return entry.salt === null && entry.payload === null
  return isHash(entry.salt) && typeof entry.payload === 'object' && !Array.isArray(entry.payload)
}
