import type { Json } from '../canonical_json.ts'
import { canonicalJson, parseStrictJson } from '../canonical_json.ts'
import { decodeUtf8 } from '../tlog/note.ts'
import { exactFields, isHash, isIntegerBetween, isText } from '../draw/read.ts'
import { sha256, toHex, utf8 } from '../bytes.ts'

export const BUNDLE_FORMAT = 'lunzheng-evidence-bundle/3'
/** Without timestamps; judged like the others. */
const EARLIER = 'lunzheng-evidence-bundle/2'
/**
 * The entry that tells of a bundle's making: its payload has the review's number, the digests of the list of files and of
 * what stays closed, and the stream's count.
 */
export const BUNDLED_ENTRY_TYPE = 'evidence.bundled'

export const MANIFEST = 'bundle.json'
export const CHECKPOINT = 'ledger/checkpoint'
export const ENTRIES = 'ledger/entries.jsonl'
/** Those of the log that tell of erasures, as lines like the others; only where an entry is closed for that. */
export const ERASURES = 'ledger/erasures.jsonl'
/** Per day of `timestamps/list`: the proof (RFC 9162, 2.1.4) from the tree that was stamped to the checkpoint's, hex. */
export const STAMP_PROOFS = 'timestamps/consistency.json'
/** Made after the entry that fixes the list of files, so that they can't be in it; the log itself vouches for them. */
export const UNLISTED: readonly string[] = [MANIFEST, CHECKPOINT, ENTRIES, ERASURES, STAMP_PROOFS]

export type BundleFile = { readonly path: string; readonly size: number; readonly sha256: string }

export type BundleManifest = {
  readonly format: typeof BUNDLE_FORMAT | typeof EARLIER
  readonly review: { readonly number: string; readonly stream: string }
  /** Index of the entry that tells of the bundle. */
  readonly entry: number
  /** Every other file, by path. */
  readonly files: readonly BundleFile[]
}

/** An entry of the review's stream, with its path to the checkpoint, and opened where the reader may see it. */
export type BundleEntry = {
  readonly index: number
  /** The exact text in the log. */
  readonly leaf: string
  /** Audit path (RFC 9162, 2.1.3) to the checkpoint's root, hex. */
  readonly path: readonly string[]
  readonly opening: { readonly salt: string; readonly payload: { readonly [field: string]: Json } } | null
  /** Why it is closed; null where it is opened. */
  readonly withheld: 'reader' | 'erased' | null
}

export function filesDigest(files: readonly BundleFile[]): string {
  return toHex(sha256(utf8(canonicalJson(files))))
}

/** Of the entries that stay closed, by index and why, so that nobody who passes the bundle on can close another. */
export function closedDigest(entries: readonly Pick<BundleEntry, 'index' | 'withheld'>[]): string {
  const closed = entries.filter(({ withheld }) => withheld !== null)
  return toHex(sha256(utf8(canonicalJson(closed.map(({ index, withheld }) => ({ index, withheld }))))))
}

export function readManifest(bytes: Uint8Array): BundleManifest | undefined {
  const manifest = exactFields(parsed(bytes), ['entry', 'files', 'format', 'review'])
  const review = exactFields(manifest?.review, ['number', 'stream'])
  const isKnown = manifest?.format === BUNDLE_FORMAT || manifest?.format === EARLIER
  if (!isKnown || !isText(review?.number) || !isText(review?.stream)) return undefined
  if (!isIntegerBetween(manifest.entry, 0, 2 ** 48) || !Array.isArray(manifest.files)) return undefined
  return manifest.files.every(isFile) ? (manifest as unknown as BundleManifest) : undefined
}

/** All lines, or undefined when one is no entry. */
export function readEntries(bytes: Uint8Array): BundleEntry[] | undefined {
  const text = decodeUtf8(bytes)
  if (!text?.endsWith('\n')) return undefined
  const lines = text
    .slice(0, -1)
    .split('\n')
    .map((line) => parsed(utf8(line)))
  return lines.every(isEntry) ? lines : undefined
}

/** By day; undefined when it is not written as it is. */
export function readStampProofs(bytes: Uint8Array): ReadonlyMap<string, readonly string[]> | undefined {
  const proofs = parsed(bytes)
  if (typeof proofs !== 'object' || proofs === null || Array.isArray(proofs)) return undefined
  const all = Object.entries(proofs as Record<string, unknown>)
  const isProof = (value: unknown): value is string[] =>
    Array.isArray(value) && value.length <= 64 && value.every(isHash)
  return all.every(([, value]) => isProof(value)) ? new Map(all as [string, string[]][]) : undefined
}

function isFile(value: unknown): value is BundleFile {
  const file = exactFields(value, ['path', 'sha256', 'size'])
  return (
    file !== undefined && isText(file.path) && isHash(file.sha256) && isIntegerBetween(file.size, 0, 2 ** 40)
  )
}

function isEntry(value: unknown): value is BundleEntry {
  const entry = exactFields(value, ['index', 'leaf', 'opening', 'path', 'withheld'])
  if (!entry || !isIntegerBetween(entry.index, 0, 2 ** 48) || !isText(entry.leaf, 65_535)) return false
  if (!Array.isArray(entry.path) || entry.path.length > 63 || !entry.path.every(isHash)) return false
  if (entry.opening === null) return entry.withheld === 'reader' || entry.withheld === 'erased'
  const opening = exactFields(entry.opening, ['payload', 'salt'])
  const { payload } = opening ?? {}
  const record = typeof payload === 'object' && payload !== null && !Array.isArray(payload)
  return entry.withheld === null && opening !== undefined && isHash(opening.salt) && record
}

function parsed(bytes: Uint8Array): unknown {
  const text = decodeUtf8(bytes)
  const value = text === undefined ? undefined : parseStrictJson(text)
  return value?.ok ? value.value : undefined
}
