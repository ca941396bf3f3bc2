import { concat, utf8, type Bytes } from './bytes.ts'

/** Writers of DER values (X.690); each returns the whole tag, length and content. */
export function tlv(tag: number, ...content: readonly Uint8Array[]): Bytes {
  const body = concat(...content)
  const length: number[] = []
  for (let rest = body.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest & 0xff)
  const head = body.length < 0x80 ? [tag, body.length] : [tag, 0x80 | length.length, ...length]
  return concat(Uint8Array.from(head), body)
}

export const sequence = (...items: readonly Uint8Array[]) => tlv(0x30, ...items)
export const octets = (content: Uint8Array) => tlv(0x04, content)
export const bits = (content: Uint8Array) => tlv(0x03, Uint8Array.of(0), content)
export const nothing = () => tlv(0x05)
export const yes = () => tlv(0x01, Uint8Array.of(0xff))
export const utf8Text = (text: string) => tlv(0x0c, utf8(text))
export const explicit = (number: number, ...items: readonly Uint8Array[]) => tlv(0xa0 | number, ...items)

/** SET OF, its members in the ascending order that DER wants. */
export function setOf(...items: readonly Uint8Array[]): Bytes {
  return tlv(0x31, ...[...items].sort(compareBytes))
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    if (a[index] !== b[index]) return a[index]! - b[index]!
  }
  return a.length - b.length
}

export function oid(dotted: string): Bytes {
  const [root, second, ...rest] = dotted.split('.').map(BigInt)
  const encoded = [root! * 40n + second!, ...rest].flatMap((arc) => {
    const groups = [Number(arc & 0x7fn)]
    for (let left = arc >> 7n; left > 0n; left >>= 7n) groups.unshift(Number(left & 0x7fn) | 0x80)
    return groups
  })
  return tlv(0x06, Uint8Array.from(encoded))
}

/** A non-negative INTEGER. */
export function integer(value: bigint | number): Bytes {
  const digits: number[] = []
  for (let rest = BigInt(value); rest > 0n; rest >>= 8n) digits.unshift(Number(rest & 0xffn))
  if (digits.length === 0 || digits[0]! & 0x80) digits.unshift(0)
  return tlv(0x02, Uint8Array.from(digits))
}

/** GeneralizedTime to the second, UTC (RFC 3161, 2.4.2). */
export function generalizedTime(time: Date): Bytes {
  return tlv(0x18, utf8(`${time.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`))
}
