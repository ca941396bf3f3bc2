import type { Bytes } from './bytes.ts'
import { bitsOf, integerOf, oidOf, readDer, sequenceOf } from './der_read.ts'
import { integer, sequence } from './der_write.ts'
import { OID } from './oids.ts'

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const
const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const

/** WebCrypto writes an ECDSA signature as r‖s (IEEE P1363); CMS and X.509 want SEQUENCE {r, s}. */
export function signatureToDer(raw: Uint8Array): Bytes {
  const half = raw.length / 2
  const number = (part: Uint8Array) => part.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
  return sequence(integer(number(raw.subarray(0, half))), integer(number(raw.subarray(half))))
}

/** SEQUENCE {r, s} of P-256 as the 64 bytes r‖s. Throws DerError or RangeError when it is none. */
export function signatureFromDer(der: Bytes): Bytes {
  const [r, s, ...rest] = sequenceOf(readDer(der)).map(integerOf)
  if (r === undefined || s === undefined || rest.length > 0) throw new RangeError('not two integers')
  const raw = new Uint8Array(64)
  for (const [end, value] of [
    [32, r],
    [64, s],
  ] as const) {
    if (value <= 0n || value >= 1n << 256n) throw new RangeError('outside the curve order')
    for (let index = end - 1, rest = value; rest > 0n; index--, rest >>= 8n) raw[index] = Number(rest & 0xffn)
  }
  return raw
}

/**
 * Whether the signature (DER as in certificates and CMS) over data is by this SubjectPublicKeyInfo.
 * ECDSA P-256 and RSA PKCS#1 v1.5, both with SHA-256; any other key or malformed value is simply false.
 */
export async function verifySignature(publicKeyInfo: Bytes, signature: Bytes, data: Bytes): Promise<boolean> {
  try {
    const algorithm = oidOf(sequenceOf(sequenceOf(readDer(publicKeyInfo))[0])[0])
    if (algorithm === OID.ecPublicKey) {
      const key = await crypto.subtle.importKey('spki', publicKeyInfo, P256, false, ['verify'])
      return await crypto.subtle.verify(
        { name: 'ECDSA', hash: 'SHA-256' },
        key,
        signatureFromDer(signature),
        data
      )
    }
    if (algorithm !== OID.rsaEncryption) return false
    const key = await crypto.subtle.importKey('spki', publicKeyInfo, RSA, false, ['verify'])
    return await crypto.subtle.verify(RSA, key, signature, data)
  } catch {
    // A malformed key or signature verifies nothing: that is the answer, not a fault.
    return false
  }
}

/** The uncompressed point or RSA key inside a SubjectPublicKeyInfo: what key identifiers hash. */
export function publicKeyBits(publicKeyInfo: Bytes): Bytes {
  return bitsOf(sequenceOf(readDer(publicKeyInfo))[1])
}
