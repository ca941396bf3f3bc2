import { equalBytes, fromHex, sha256, toHex, utf8 } from '../bytes.ts'
import { canonicalJson, parseStrictJson, type Json } from '../canonical_json.ts'
import { leafHash, verifyInclusion } from '../merkle.ts'
import { parseCheckpoint, type Checkpoint } from '../tlog/checkpoint.ts'
import { parseNote } from '../tlog/note.ts'
import { formatProof, parseProof } from '../tlog/proof.ts'
import { exactFields, isHash, isIntegerBetween, isText, type Fields } from './read.ts'

/**
 * Where the ledger holds an entry: the entry's exact text, and a proof (C2SP tlog-proof) that leads from it to a
 * checkpoint signed by the ledger and cosigned by the witness. Whoever has their keys needs nobody else to know
 * that the ledger held the entry, and by when.
 */
export type LedgerPlace = {
  readonly index: number
  readonly stream: string
  /** Business time, ISO 8601 with milliseconds, UTC. */
  readonly at: string
  readonly leaf: string
  readonly leafHash: string
  /** The tlog-proof as text, without extra data. */
  readonly proof: string
}

/** The place of an entry with what opens it: SHA-256(salt ‖ canonical JSON of the payload) stands in its leaf. */
export type OpenedPlace = LedgerPlace & {
  readonly salt: string
  readonly payload: { readonly [field: string]: Json }
}

const PLACE = ['at', 'index', 'leaf', 'leafHash', 'payload', 'proof', 'salt', 'stream']
/** A path, and a note with a few signatures. */
const MAX_PROOF_BYTES = 16_384
const LEAF = ['at', 'commit', 'prev', 'seq', 'stream', 'type', 'v']

export function isOpenedPlace(value: unknown): value is OpenedPlace {
  const place = exactFields(value, PLACE)
  return (
    place !== undefined &&
    isIntegerBetween(place.index, 0, 2 ** 48) &&
    isText(place.stream) &&
    isText(place.at) &&
    isText(place.leaf, 65_535) &&
    isHash(place.leafHash) &&
    isText(place.proof, MAX_PROOF_BYTES) &&
    isHash(place.salt) &&
    isObject(place.payload)
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

/** The name of the ledger whose checkpoint it is, as the checkpoint says; null where it can't be read. */
export function originOf({ proof: text }: LedgerPlace): string | null {
  const proof = parseProof(utf8(text))
  const note = proof.ok ? parseNote(utf8(proof.value.checkpoint)) : proof
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note
  return checkpoint.ok ? checkpoint.value.origin : null
}

/** The checkpoint that the entry's path leads to, whoever signed it; undefined where the path leads elsewhere. */
export function checkpointOf({ index, leafHash: leaf, proof: text }: LedgerPlace): Checkpoint | undefined {
  const proof = parseProof(utf8(text))
  if (!proof.ok || formatProof(proof.value) !== text) return undefined
  const { index: own, path, checkpoint: given, extra } = proof.value
  const note = parseNote(utf8(given))
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note
  if (!checkpoint.ok || own !== index || extra) return undefined
  const { size, root } = checkpoint.value
  const included = verifyInclusion({ index, size, leaf: fromHex(leaf), proof: path, root })
  return included ? checkpoint.value : undefined
}

/** Whether the payload is the one that the leaf commits to, and holds these fields as they stand here. */
export function opensTo(
  { leaf, salt, payload }: OpenedPlace,
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
