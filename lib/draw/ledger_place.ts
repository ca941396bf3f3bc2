import { equalBytes, fromHex, sha256, toHex, utf8 } from '../bytes.ts'
import { canonicalJson, parseStrictJson, type Json } from '../canonical_json.ts'
import { leafHash, verifyInclusion } from '../merkle.ts'
import { exactFields, isHash, isIntegerBetween, isText, type Fields } from './read.ts'

/**
 * Where the ledger holds an entry: the entry's exact text, and the audit path (RFC 9162, 2.1.3) from it to the
 * root of the tree that it completed, which has `index` + 1 leaves. Whoever has a checkpoint of the ledger can
 * go on from that root; the root itself proves no more than that nothing here was changed apart from it.
 */
export type LedgerPlace = {
  readonly index: number
  readonly stream: string
  /** Business time, ISO 8601 with milliseconds, UTC. */
  readonly at: string
  readonly leaf: string
  readonly leafHash: string
  readonly path: readonly string[]
  readonly root: string
}

/** The place of the commit entry, opened: SHA-256(salt ‖ canonical JSON of the payload) stands in its leaf. */
export type CommitPlace = LedgerPlace & {
  readonly salt: string
  readonly payload: { readonly [field: string]: Json }
}

const PLACE = ['at', 'index', 'leaf', 'leafHash', 'path', 'root', 'stream']
const LEAF = ['at', 'commit', 'prev', 'seq', 'stream', 'type', 'v']

export function isLedgerPlace(value: unknown): value is LedgerPlace {
  return isPlace(exactFields(value, PLACE))
}

export function isCommitPlace(value: unknown): value is CommitPlace {
  const place = exactFields(value, [...PLACE, 'payload', 'salt'])
  return isPlace(place) && isHash(place!.salt) && isObject(place!.payload)
}

function isPlace(place: Fields | undefined): boolean {
  return (
    place !== undefined &&
    isIntegerBetween(place.index, 0, 2 ** 48) &&
    isText(place.stream) &&
    isText(place.at) &&
    isText(place.leaf, 65_535) &&
    isHash(place.leafHash) &&
    isHash(place.root) &&
    Array.isArray(place.path) &&
    place.path.length <= 64 &&
    place.path.every(isHash)
  )
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether the leaf is an entry of one of these types, and says what the place says of it. */
export function isEntryOf(place: LedgerPlace, types: readonly string[]): boolean {
  const leaf = readLeaf(place.leaf)
  return (
    leaf !== undefined &&
    leaf.v === 1 &&
    types.includes(leaf.type as string) &&
    leaf.stream === place.stream &&
    leaf.at === place.at &&
    toHex(leafHash(utf8(place.leaf))) === place.leafHash
  )
}

export function isIncluded({ index, leafHash: leaf, path, root }: LedgerPlace): boolean {
  return verifyInclusion({
    index,
    size: index + 1,
    leaf: fromHex(leaf),
    proof: path.map(fromHex),
    root: fromHex(root),
  })
}

/** Whether the payload is the one that the leaf commits to, and holds these fields as they stand here. */
export function opensTo(
  { leaf, salt, payload }: CommitPlace,
  fields: Readonly<Record<string, Json>>
): boolean {
  const commit = readLeaf(leaf)?.commit
  return (
    isHash(commit) &&
    equalBytes(sha256(fromHex(salt), utf8(canonicalJson(payload))), fromHex(commit)) &&
    Object.entries(fields).every(([field, value]) => payload[field] === value)
  )
}

function readLeaf(text: string): Fields | undefined {
  const parsed = parseStrictJson(text)
  return parsed.ok ? exactFields(parsed.value, LEAF) : undefined
}
