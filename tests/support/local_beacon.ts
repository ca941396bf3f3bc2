import { bls12_381 } from '@noble/curves/bls12-381.js'
import { toHex } from '#lib/bytes'
import { QUICKNET, roundMessage, type BeaconChain } from '#lib/drand'

const { shortSignatures: bls } = bls12_381
const DOMAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'

export interface LocalBeacon {
  readonly chain: BeaconChain
  sign(round: number): string
}

/** One party that signs alone what in drand a threshold of them signs together. */
export function localBeacon(seed: number): LocalBeacon {
  const { secretKey, publicKey } = bls.keygen(new Uint8Array(48).fill(seed))
  const chain = { ...QUICKNET, chain: '11'.repeat(32), publicKey: publicKey.toHex(true) }
  const sign = (round: number) =>
    toHex(bls.sign(bls.hash(roundMessage(round), DOMAIN), secretKey).toBytes(true))
  return { chain, sign }
}
