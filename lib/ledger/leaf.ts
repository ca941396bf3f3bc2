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

/** The last entry of a stream; its payload has the stream's count in `entries`. */
export const CLOSING_TYPE = 'stream.closed'

const FIELDS = ['at', 'commit', 'prev', 'seq', 'stream', 'type', 'v']
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Undefined for everything that is not a leaf to the letter, a second spelling of one included. */
export function readLeaf(bytes: Uint8Array): Leaf | undefined {
  const text = decodeUtf8(bytes)
  const parsed = text === undefined ? undefined : parseStrictJson(text)
  const leaf = parsed?.ok ? exactFields(parsed.value, FIELDS) : undefined
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

function isTime(value: unknown): boolean {
  return typeof value === 'string' && TIME.test(value) && new Date(value).toJSON() === value
}
