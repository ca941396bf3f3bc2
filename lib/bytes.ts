/** Bytes, hashes and encodings that server, browser, witness and command line share. All synchronous. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'

const HEX = /^(?:[0-9a-f]{2})*$/
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Input that is not what its encoding demands. Callers that read foreign data check with `isHex` first. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError'
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i++) text += PAIRS[bytes[i]!]!
  return text
}

/** Lower-case hexadecimal of exactly `bytes` bytes, or of any length when left out. */
export function isHex(text: unknown, bytes?: number): text is string {
  return typeof text === 'string' && HEX.test(text) && (bytes === undefined || text.length === bytes * 2)
}

/** Reads lower-case hexadecimal; one spelling for one value, so upper case is refused. */
export function fromHex(text: string): Uint8Array {
  if (!isHex(text)) throw new EncodingError('not_hex')
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = (nibble(text.charCodeAt(i * 2)) << 4) | nibble(text.charCodeAt(i * 2 + 1))
  return bytes
}

/** Of 0–9 and a–f. */
function nibble(code: number): number {
  return code < 58 ? code - 48 : code - 87
}

/** RFC 4648 section 4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** RFC 4648 section 4, with padding and without stray bits: what would not encode back is refused. */
export function fromBase64(text: string): Uint8Array {
  if (!BASE64.test(text)) throw new EncodingError('not_base64')
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  if (toBase64(bytes) !== text) throw new EncodingError('not_base64')
  return bytes
}

/** UTF-8. A lone surrogate would silently become U+FFFD and make two texts one: refused. */
export function utf8(text: string): Uint8Array {
  if (hasLoneSurrogate(text)) throw new EncodingError('lone_surrogate')
  return new TextEncoder().encode(text)
}

export function hasLoneSurrogate(text: string): boolean {
  return !text.isWellFormed()
}

/** Two bytes, most significant first; 0 … 65,535. */
export function u16be(value: number): Uint8Array {
  return bigEndian(value, 2)
}

/** Four bytes, most significant first; 0 … 2^32 − 1. */
export function u32be(value: number): Uint8Array {
  return bigEndian(value, 4)
}

/** Eight bytes, most significant first; 0 … 2^53 − 1. */
export function u64be(value: number): Uint8Array {
  return bigEndian(value, 8)
}

function bigEndian(value: number, length: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new EncodingError('not_unsigned')
  const bytes = new Uint8Array(length)
  let rest = value
  for (let i = length - 1; i >= 0; i--) {
    bytes[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  if (rest > 0) throw new EncodingError('integer_too_large')
  return bytes
}

/** The bytes as an unsigned integer, most significant first. */
export function bigIntFromBytes(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`)
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** Equality without an early exit, so that comparing a secret tells nothing by its time. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!
  return difference === 0
}

/** SHA-256 (FIPS 180-4) of the parts one after the other. */
export function sha256(...parts: Uint8Array[]): Uint8Array {
  if (nodeHash)
    return fromLatin1(nodeHash('sha256', parts.length === 1 ? parts[0]! : concat(...parts), 'latin1'))
  const hash = nobleSha256.create()
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** SHA-256 of a text in UTF-8, hex; the same as of its bytes. A lone surrogate is refused, as by `utf8`. */
export function sha256OfText(text: string): string {
  if (!nodeHash) return toHex(sha256(utf8(text)))
  if (hasLoneSurrogate(text)) throw new EncodingError('lone_surrogate')
  return nodeHash('sha256', text, 'hex')
}

type NodeHash = (algorithm: 'sha256', data: Uint8Array | string, encoding: 'latin1' | 'hex') => string
type InNode = { process?: { getBuiltinModule?: (name: string) => { hash?: NodeHash } | undefined } }

/** Node's own, several times as fast, most of all when it gives text; what browsers have does not answer at once. */
const nodeHash = (globalThis as InNode).process?.getBuiltinModule?.('node:crypto')?.hash

function fromLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

/** HMAC-SHA-256 (RFC 2104) of the parts one after the other. */
export function hmacSha256(key: Uint8Array, ...parts: Uint8Array[]): Uint8Array {
  const mac = hmac.create(nobleSha256, key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}
