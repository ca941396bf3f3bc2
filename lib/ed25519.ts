/** Ed25519 signatures (RFC 8032), verified strictly so that all verifiers agree on every input. */
import { ed25519 } from '@noble/curves/ed25519.js'

const { Point } = ed25519

/** 32 random bytes from the platform's generator. */
export function newSecretKey(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(32))
}

export function signingPublicKey(secretKey: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(secretKey)
}

/** 64 bytes; the same message gives the same signature. */
export function sign(secretKey: Uint8Array, message: Uint8Array): Uint8Array {
  return ed25519.sign(message, secretKey)
}

/**
 * False for anything malformed, for a second spelling of a point or scalar, and for a key of small order,
 * under which one signature would fit many messages.
 */
export function verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64 || !isValidSigningKey(publicKey)) return false
  return ed25519.verify(signature, message, publicKey, { zip215: false })
}

export function isValidSigningKey(publicKey: Uint8Array): boolean {
  if (publicKey.length !== 32) return false
  try {
    return !Point.fromBytes(publicKey, false).isSmallOrder()
  } catch {
    return false
  }
}
