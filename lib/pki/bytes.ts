/** Byte helpers shared by the certificate and PDF code; nothing here depends on Node. */

/** Bytes over a plain ArrayBuffer: what WebCrypto accepts. */
export type Bytes = Uint8Array<ArrayBuffer>

export function concat(...parts: readonly Uint8Array[]): Bytes {
  let length = 0
  for (const part of parts) length += part.length
  const out = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    out.set(part, offset)
    offset += part.length
  }
  return out
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}

const HEX = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'))

/** Lower-case hexadecimal, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  let out = ''
  for (const byte of bytes) out += HEX[byte]
  return out
}

export function fromHex(hex: string): Bytes {
  const out = new Uint8Array(hex.length >> 1)
  for (let index = 0; index < out.length; index++) {
    out[index] = Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16)
  }
  return out
}

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text) as Bytes
}

/** One character per byte, as PDF syntax wants it. */
export function latin1(text: string): Bytes {
  const out = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index++) out[index] = text.charCodeAt(index) & 0xff
  return out
}

export function fromLatin1(bytes: Uint8Array): string {
  let out = ''
  for (let index = 0; index < bytes.length; index += 8192) {
    out += String.fromCharCode(...bytes.subarray(index, index + 8192))
  }
  return out
}

/** SHA-256 of the parts one after another (FIPS 180-4). */
export async function sha256(...parts: readonly Uint8Array[]): Promise<Bytes> {
  const data = parts.length === 1 ? parts[0]! : concat(...parts)
  return new Uint8Array(await crypto.subtle.digest('SHA-256', data as Bytes))
}
