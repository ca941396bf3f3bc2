import { concat, fromLatin1, latin1, type Bytes } from '../../../../lib/pki/bytes.ts'

/** Ways to alter a file, each leaving the original alone. */
export function flip(bytes: Bytes, offset: number, mask = 1): Bytes {
  const out = bytes.slice()
  out[offset]! ^= mask
  return out
}

export function splice(bytes: Bytes, from: number, to: number, replacement: Uint8Array): Bytes {
  return concat(bytes.subarray(0, from), replacement, bytes.subarray(to))
}

export function offsetOf(bytes: Bytes, needle: string, which: 'first' | 'last' | number = 'first'): number {
  const text = fromLatin1(bytes)
  if (which === 'last') return text.lastIndexOf(needle)
  if (which === 'first') return text.indexOf(needle)
  return text.indexOf(needle, which)
}

/** Same length, so that every offset in the file stays true. */
export function replaceText(
  bytes: Bytes,
  needle: string,
  replacement: string,
  which: 'first' | 'last' | number = 'first'
): Bytes {
  const at = offsetOf(bytes, needle, which)
  if (at < 0 || needle.length !== replacement.length) throw new RangeError(`cannot replace ${needle}`)
  return splice(bytes, at, at + needle.length, latin1(replacement))
}
