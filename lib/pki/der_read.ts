import type { Bytes } from './bytes.ts'

/**
 * A strict reader of DER (X.690): definite, minimal lengths and single-byte tags only, nothing left over.
 * Strictness matters here: what a signature does not cover must have one spelling.
 */
export type DerNode = { tag: number; content: Bytes; bytes: Bytes }

export class DerError extends Error {}

function readOne(bytes: Bytes, offset: number): { node: DerNode; end: number } {
  const tag = bytes[offset]
  const first = bytes[offset + 1]
  if (tag === undefined || first === undefined) throw new DerError('cut short')
  if ((tag & 0x1f) === 0x1f) throw new DerError('long tags are not used here')
  let length = first
  let start = offset + 2
  if (first === 0x80 || first > 0x84) throw new DerError('indefinite or oversized length')
  if (first > 0x80) {
    length = 0
    for (let count = first & 0x7f; count > 0; count--) length = length * 256 + (bytes[start++] ?? 0)
    if (length < 0x80 || length < 2 ** (8 * ((first & 0x7f) - 1))) throw new DerError('length is not minimal')
  }
  const end = start + length
  if (end > bytes.length) throw new DerError('cut short')
  return { node: { tag, content: bytes.subarray(start, end), bytes: bytes.subarray(offset, end) }, end }
}

/** The one node these bytes are. Throws DerError when they are anything else, a trailing byte included. */
export function readDer(bytes: Bytes): DerNode {
  const { node, end } = readOne(bytes, 0)
  if (end !== bytes.length) throw new DerError('bytes after the end')
  return node
}

/** The first node, with where it ends: for a value followed by zero padding. */
export function readDerPrefix(bytes: Bytes): { node: DerNode; end: number } {
  return readOne(bytes, 0)
}

export function children(node: DerNode): DerNode[] {
  if ((node.tag & 0x20) === 0) throw new DerError('not constructed')
  const found: DerNode[] = []
  for (let offset = 0; offset < node.content.length;) {
    const { node: child, end } = readOne(node.content, offset)
    found.push(child)
    offset = end
  }
  return found
}

export function expectTag(node: DerNode | undefined, tag: number): DerNode {
  if (node?.tag !== tag) throw new DerError(`tag ${node?.tag ?? 'none'} where ${tag} is due`)
  return node
}

export function sequenceOf(node: DerNode | undefined): DerNode[] {
  return children(expectTag(node, 0x30))
}

export function setOf(node: DerNode | undefined): DerNode[] {
  return children(expectTag(node, 0x31))
}

export function oidOf(node: DerNode | undefined): string {
  const { content } = expectTag(node, 0x06)
  const arcs: bigint[] = []
  let value = 0n
  for (const byte of content) {
    value = (value << 7n) | BigInt(byte & 0x7f)
    if (byte & 0x80) continue
    arcs.push(value)
    value = 0n
  }
  const first = arcs.shift()
  if (first === undefined) throw new DerError('empty object identifier')
  const root = first < 40n ? 0n : first < 80n ? 1n : 2n
  return [root, first - root * 40n, ...arcs].join('.')
}

export function integerOf(node: DerNode | undefined): bigint {
  const { content } = expectTag(node, 0x02)
  if (content.length === 0) throw new DerError('empty integer')
  let value = content[0]! & 0x80 ? -1n : 0n
  for (const byte of content) value = (value << 8n) | BigInt(byte)
  return value
}

export function octetsOf(node: DerNode | undefined): Bytes {
  return expectTag(node, 0x04).content
}

/** Content of a BIT STRING of whole bytes. */
export function bitsOf(node: DerNode | undefined): Bytes {
  const { content } = expectTag(node, 0x03)
  if (content[0] !== 0) throw new DerError('bit string with unused bits')
  return content.subarray(1)
}

/** UTCTime or GeneralizedTime in UTC, as X.509 and RFC 3161 write them (fractions of a second allowed). */
export function timeOf(node: DerNode | undefined): Date {
  const text = String.fromCharCode(...(node?.content ?? []))
  const century = node?.tag === 0x17 ? (Number(text.slice(0, 2)) < 50 ? '20' : '19') : ''
  if (node?.tag !== 0x17 && node?.tag !== 0x18) throw new DerError('not a time')
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,3})?Z$/.exec(century + text)
  if (!match) throw new DerError('not a UTC time')
  const [, year, month, day, hour, minute, second, fraction = ''] = match
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`)
  if (Number.isNaN(time.getTime())) throw new DerError('no such time')
  return time
}
