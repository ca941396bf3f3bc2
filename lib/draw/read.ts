/** Small readers for foreign JSON. A record is accepted with exactly its fields: a spare one could be ground with. */
import { hasLoneSurrogate, isHex, utf8 } from '../bytes.ts'

export type Fields = Readonly<Record<string, unknown>>

/** The value as an object that has exactly these fields, or undefined. */
export function exactFields(value: unknown, names: readonly string[]): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const keys = Object.keys(value)
  return keys.length === names.length && names.every((name) => Object.hasOwn(value, name))
    ? (value as Fields)
    : undefined
}

/** Non-empty text in NFC of at most `maxBytes` bytes in UTF-8. */
export function isText(value: unknown, maxBytes = 1000): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    !hasLoneSurrogate(value) &&
    value.normalize('NFC') === value &&
    utf8(value).length <= maxBytes
  )
}

export function isIntegerBetween(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
}

export function isHash(value: unknown): value is string {
  return isHex(value, 32)
}

/** Order of byte strings, shorter first on a common prefix: the order of ids and of tickets. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}

/** Order of ids: by their UTF-8 bytes, which no locale changes. */
export function compareIds(a: string, b: string): number {
  return compareBytes(utf8(a), utf8(b))
}
