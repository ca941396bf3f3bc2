import { fromPem, toPem } from './pem.ts'
import type { Bytes } from './bytes.ts'

export const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const
export const ECDSA_SHA256 = { name: 'ECDSA', hash: 'SHA-256' } as const

/** ECDSA P-256 (FIPS 186-5). A person's key is made non-extractable; the centre's own keys go to a key file. */
export async function generateKeys(extractable: boolean): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(P256, extractable, ['sign', 'verify'])
}

/** PKCS#8 PEM of an extractable key; WebCrypto throws for the others. */
export async function exportPrivateKey(key: CryptoKey): Promise<string> {
  return toPem('PRIVATE KEY', new Uint8Array(await crypto.subtle.exportKey('pkcs8', key)))
}

/** Throws RangeError when there is no PKCS#8 block, and what WebCrypto throws when it is no P-256 key. */
export async function importPrivateKey(pem: string): Promise<CryptoKey> {
  const der = fromPem('PRIVATE KEY', pem)[0]
  if (!der) throw new RangeError('no PRIVATE KEY block')
  return crypto.subtle.importKey('pkcs8', der, P256, false, ['sign'])
}

/** Signs with the key and returns r‖s, 64 bytes, as WebCrypto gives it. */
export async function signRaw(key: CryptoKey, data: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(ECDSA_SHA256, key, data))
}
