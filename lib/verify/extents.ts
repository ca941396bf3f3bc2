import { sha256, toHex, utf8 } from '../bytes.ts'
import { canonicalJson } from '../canonical_json.ts'

/** Bytes that a check looked at: which part, how many, and their SHA-256. */
export interface Extent {
  /** A JSON pointer (RFC 6901), a file of a bundle, or a range of bytes `from–to`. */
  readonly part: string
  readonly bytes: number
  readonly sha256: string
}

/** Parts of a JSON document by pointer; each is measured and hashed as canonical JSON, once. */
export function jsonExtents(document: unknown): (pointer: string) => Extent | null {
  const known = new Map<string, Extent | null>()
  return (pointer) => {
    if (!known.has(pointer)) known.set(pointer, extentOf(pointer, valueAt(document, pointer)))
    return known.get(pointer)!
  }
}

export function extentOfBytes(part: string, bytes: Uint8Array): Extent {
  return { part, bytes: bytes.length, sha256: toHex(sha256(bytes)) }
}

function extentOf(pointer: string, value: unknown): Extent | null {
  return value === undefined ? null : extentOfBytes(pointer || '/', utf8(canonicalJson(value)))
}

function valueAt(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], document)
}
