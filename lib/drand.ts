/**
 * The public random beacon of drand, scheme `bls-unchained-g1-rfc9380`: a threshold of independent organisations
 * signs each round's number, and nobody, a minority of them included, knows the signature before its time.
 * Verified offline under a pinned key; where the value was fetched from is of no account.
 */
import { bls12_381 } from '@noble/curves/bls12-381.js'
import { fromHex, isHex, sha256, toHex, u64be } from './bytes.ts'
import { fail, ok, type Result } from './result.ts'

const { shortSignatures: bls } = bls12_381

/** RFC 9380, section 8.8.1, with the suffix of BLS signatures of minimal size. */
const DOMAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'

export type BeaconChain = {
  readonly scheme: 'bls-unchained-g1-rfc9380'
  /** The chain's name, hex of 32 bytes. */
  readonly chain: string
  /** On G2, compressed: hex of 96 bytes. */
  readonly publicKey: string
  /** Seconds between rounds. */
  readonly period: number
  /** Unix seconds of round 1. */
  readonly genesis: number
}

/** The League of Entropy's chain without chaining, every three seconds since August 2023. */
export const QUICKNET: BeaconChain = {
  scheme: 'bls-unchained-g1-rfc9380',
  chain: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  period: 3,
  genesis: 1_692_803_367,
}

/** The first round that is published at `unixSeconds` or later. */
export function firstRoundFrom(chain: BeaconChain, unixSeconds: number): number {
  return Math.max(1, Math.ceil((unixSeconds - chain.genesis) / chain.period) + 1)
}

/** Unix seconds at which a round is published. */
export function timeOfRound(chain: BeaconChain, round: number): number {
  return chain.genesis + (round - 1) * chain.period
}

/** What the beacon signs: SHA-256 of the round's number, eight bytes, most significant first. */
export function roundMessage(round: number): Uint8Array {
  return sha256(u64be(round))
}

/**
 * The 32 random bytes of a round, hex: SHA-256 of its signature (hex of 48 bytes). The signature is unique, so
 * there is one value for a round or none.
 */
export function beaconRandomness(
  chain: BeaconChain,
  round: number,
  signature: unknown
): Result<string, { code: 'beacon_signature' }> {
  if (!isHex(signature, 48) || !verifies(chain, round, fromHex(signature))) {
    return fail({ code: 'beacon_signature' })
  }
  return ok(toHex(sha256(fromHex(signature))))
}

/** Whether the text is a public key of this scheme: on the curve, of the right order, not the identity. */
export function isBeaconKey(text: unknown): text is string {
  if (!isHex(text, 96)) return false
  try {
    const point = bls12_381.G2.Point.fromBytes(fromHex(text))
    point.assertValidity()
    return !point.is0()
  } catch {
    return false
  }
}

function verifies(chain: BeaconChain, round: number, signature: Uint8Array): boolean {
  if (!Number.isSafeInteger(round) || round < 1 || !isBeaconKey(chain.publicKey)) return false
  try {
    const point = bls12_381.G1.Point.fromBytes(signature)
    if (point.is0()) return false
    point.assertValidity()
    return bls.verify(point, bls.hash(roundMessage(round), DOMAIN), fromHex(chain.publicKey))
  } catch {
    // Bytes that are no point of the group are no signature.
    return false
  }
}
