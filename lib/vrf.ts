/**
 * ECVRF-EDWARDS25519-SHA512-TAI, RFC 9381 suite 0x03: one output for one key and one input, with a proof
 * that anybody checks. Nobody, the holder of the key included, can choose among outputs.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concat, equalBytes } from './bytes.ts'
import { fail, ok, type Result } from './result.ts'

const { Point } = ed25519
type EdwardsPoint = InstanceType<typeof Point>

const SUITE = Uint8Array.of(3)
const ENCODE = Uint8Array.of(1)
const CHALLENGE = Uint8Array.of(2)
const OUTPUT = Uint8Array.of(3)
const BACK = Uint8Array.of(0)
const ORDER = Point.CURVE().n
const CHALLENGE_BYTES = 16

export const VRF_KEY_BYTES = 32
export const VRF_PROOF_BYTES = 80
export const VRF_OUTPUT_BYTES = 64

export type VrfError =
  /** Not 32 bytes, not on the curve, a second spelling of a point, or a point of small order. */
  | { code: 'vrf_key_invalid' }
  /** Not 80 bytes, no point, or a scalar out of range. */
  | { code: 'vrf_proof_malformed' }
  /** Well-formed, and of another key or another input. */
  | { code: 'vrf_proof_wrong' }

/** Public key of a 32-byte secret; the secret is that of Ed25519 (RFC 8032 section 5.1.5). */
export function vrfPublicKey(secretKey: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(secretKey)
}

/** RFC 9381 section 5.1. Throws on a secret that is not 32 bytes. */
export function vrfProve(secretKey: Uint8Array, input: Uint8Array): Uint8Array {
  const { scalar, prefix, pointBytes } = ed25519.utils.getExtendedPublicKey(secretKey)
  const hashed = encodeToCurve(pointBytes, input)
  const gamma = hashed.multiply(scalar)
  const nonce = littleEndian(sha512(concat(prefix, hashed.toBytes()))) % ORDER
  const c = challenge([
    pointBytes,
    hashed.toBytes(),
    gamma.toBytes(),
    Point.BASE.multiply(nonce).toBytes(),
    hashed.multiply(nonce).toBytes(),
  ])
  const s = (nonce + littleEndian(c) * scalar) % ORDER
  return concat(gamma.toBytes(), c, toLittleEndian(s))
}

/** RFC 9381 section 5.3 with full key validation; the value is the 64-byte output. */
export function vrfVerify(
  publicKey: Uint8Array,
  input: Uint8Array,
  proof: Uint8Array
): Result<Uint8Array, VrfError> {
  const key = validKey(publicKey)
  if (!key) return fail({ code: 'vrf_key_invalid' })
  const parts = decodeProof(proof)
  if (!parts) return fail({ code: 'vrf_proof_malformed' })
  const hashed = encodeToCurve(publicKey, input)
  const c = littleEndian(parts.c)
  const u = Point.BASE.multiplyUnsafe(parts.s).subtract(key.multiplyUnsafe(c))
  const v = hashed.multiplyUnsafe(parts.s).subtract(parts.gamma.multiplyUnsafe(c))
  const again = challenge([publicKey, hashed.toBytes(), parts.gamma.toBytes(), u.toBytes(), v.toBytes()])
  return equalBytes(again, parts.c) ? ok(output(parts.gamma)) : fail({ code: 'vrf_proof_wrong' })
}

/** RFC 9381 section 5.2: the output a proof stands for. It says nothing about the proof being right. */
export function vrfProofToHash(proof: Uint8Array): Result<Uint8Array, VrfError> {
  const parts = decodeProof(proof)
  return parts ? ok(output(parts.gamma)) : fail({ code: 'vrf_proof_malformed' })
}

/** RFC 9381 section 5.4.5: on the curve, spelt canonically, and not of small order. */
export function isValidVrfKey(publicKey: Uint8Array): boolean {
  return validKey(publicKey) !== undefined
}

function validKey(publicKey: Uint8Array): EdwardsPoint | undefined {
  const point = decodePoint(publicKey)
  return point && !point.isSmallOrder() ? point : undefined
}

/** RFC 9381 section 5.4.1.1, try and increment. Each attempt succeeds with a chance of about one half. */
function encodeToCurve(publicKey: Uint8Array, input: Uint8Array): EdwardsPoint {
  for (let attempt = 0; attempt < 256; attempt++) {
    const hash = sha512(concat(SUITE, ENCODE, publicKey, input, Uint8Array.of(attempt), BACK))
    const point = decodePoint(hash.slice(0, 32))?.clearCofactor()
    if (point && !point.is0()) return point
  }
  throw new Error('vrf: no point in 256 attempts')
}

function challenge(points: Uint8Array[]): Uint8Array {
  return sha512(concat(SUITE, CHALLENGE, ...points, BACK)).slice(0, CHALLENGE_BYTES)
}

function output(gamma: EdwardsPoint): Uint8Array {
  return sha512(concat(SUITE, OUTPUT, gamma.clearCofactor().toBytes(), BACK))
}

function decodeProof(proof: Uint8Array): { gamma: EdwardsPoint; c: Uint8Array; s: bigint } | undefined {
  if (proof.length !== VRF_PROOF_BYTES) return undefined
  const gamma = decodePoint(proof.slice(0, 32))
  const c = proof.slice(32, 32 + CHALLENGE_BYTES)
  const s = littleEndian(proof.slice(32 + CHALLENGE_BYTES))
  return gamma && s < ORDER ? { gamma, c, s } : undefined
}

/** RFC 8032 section 5.1.3, strictly: a coordinate past the field's size is no second spelling. */
function decodePoint(bytes: Uint8Array): EdwardsPoint | undefined {
  if (bytes.length !== VRF_KEY_BYTES) return undefined
  try {
    return Point.fromBytes(bytes, false)
  } catch {
    return undefined
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

function toLittleEndian(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n))
}
