/** What stands in the log for ever: canonical JSON {at, commit, prev, seq, stream, type, v}. */
import { parseStrictJson } from '../canonical_json.ts'
import { exactFields, isHash, isIntegerBetween, isText } from '../draw/read.ts'
import { decodeUtf8 } from '../tlog/note.ts'

export type Leaf = {
  readonly v: 1
  readonly stream: string
  /** From 0, without gaps in its stream. */
  readonly seq: number
  /** Leaf hash of the entry before in its stream, hex; zeros for the first. */
  readonly prev: string
  readonly type: string
  /** Business time, ISO 8601 with milliseconds, UTC. */
  readonly at: string
  /** SHA-256(salt ‖ canonical JSON of the payload), hex. */
  readonly commit: string
}

/** Entries of the log about itself. */
export const LEDGER_STREAM = 'ledger'
/** What payloads were taken away: `erased` has of each entry index and leaf hash. */
export const ERASURE_TYPE = 'ledger.erased'
/** A restored database went on: `lost` says from which index to which (not included) payloads are lost. */
export const RESTORED_TYPE = 'ledger.restored'

/** The last entry of a stream; its payload has the stream's count in `entries`. */
export const CLOSING_TYPE = 'stream.closed'

const FIELDS = ['at', 'commit', 'prev', 'seq', 'stream', 'type', 'v']
const TIME = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

/** A leaf to the letter whose names need no escapes: what nearly every entry is, read without taking it apart. */
const PLAIN =
  /^\{"at":"([\d:.TZ-]+)","commit":"([0-9a-f]{64})","prev":"([0-9a-f]{64})","seq":(0|[1-9]\d{0,15}),"stream":"([ !#-[\]-~]+)","type":"([ !#-[\]-~]+)","v":1\}$/

/** Undefined for everything that is not a leaf to the letter, a second spelling of one included. */
export function readLeaf(bytes: Uint8Array): Leaf | undefined {
  const text = decodeUtf8(bytes)
  return text === undefined ? undefined : readLeafText(text)
}

export function readLeafText(text: string): Leaf | undefined {
  const [, at, commit, prev, digits, stream, type] = PLAIN.exec(text) ?? []
  if (at === undefined) return readAnyLeaf(text)
  const seq = Number(digits)
  const valid =
    isTime(at) && isIntegerBetween(seq, 0, Number.MAX_SAFE_INTEGER) && isText(stream) && isText(type)
  return valid ? { v: 1, stream, seq, prev: prev!, type, at, commit: commit! } : undefined
}

function readAnyLeaf(text: string): Leaf | undefined {
  const parsed = parseStrictJson(text)
  const leaf = parsed.ok ? exactFields(parsed.value, FIELDS) : undefined
  const valid =
    leaf !== undefined &&
    leaf.v === 1 &&
    isText(leaf.stream) &&
    isText(leaf.type) &&
    isIntegerBetween(leaf.seq, 0, Number.MAX_SAFE_INTEGER) &&
    isHash(leaf.prev) &&
    isHash(leaf.commit) &&
    isTime(leaf.at)
  return valid ? (leaf as unknown as Leaf) : undefined
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A moment that exists. */
function isTime(value: unknown): value is string {
  if (typeof value !== 'string' || !TIME.test(value)) return false
  const [year, month, day] = [value.slice(0, 4), value.slice(5, 7), value.slice(8, 10)].map(Number)
  const leap = month === 2 && year! % 4 === 0 && (year! % 100 !== 0 || year! % 400 === 0)
  return day! >= 1 && day! <= (DAYS[month! - 1] ?? 0) + (leap ? 1 : 0)
}
