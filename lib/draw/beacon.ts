/** Level L3: beside both parties a round of a public beacon, which nobody knew when the pool was frozen. */
import { fromHex, isHex, sha256, toHex, u64be, utf8 } from '../bytes.ts'
import { firstRoundFrom, isBeaconKey, type BeaconChain } from '../drand.ts'
import { LABEL } from './labels.ts'
import { exactFields, isHash, isIntegerBetween } from './read.ts'

/** Seconds between the time that the log holds and the round, at least. */
export const BEACON_DELAY_SECONDS = 60

export type BeaconValue = {
  /** Seconds since 1970: in the log before the round is out. The witness's proof is over it too. */
  readonly time: number
  /** The beacon's signature of the round, hex of 48 bytes. */
  readonly signature: string
}

/** Seconds since 1970. */
export const MAX_TIME = 2 ** 40

/**
 * What the witness evaluates at L3: SHA-256(label ‖ input ‖ u64be(time)), hex. It answers once for an input, and
 * only before the round is out, so that the round can't be fixed again by anybody who knows a value.
 */
export function timedInput(input: string, time: number): string {
  return toHex(sha256(utf8(LABEL.timedInput), fromHex(input), u64be(time)))
}

/** The first round published at least `BEACON_DELAY_SECONDS` after `time`: nobody's choice. */
export function roundAfter(chain: BeaconChain, time: number): number {
  return firstRoundFrom(chain, time + BEACON_DELAY_SECONDS)
}

export function isBeaconValue(value: unknown): value is BeaconValue {
  const beacon = exactFields(value, ['signature', 'time'])
  return beacon !== undefined && isIntegerBetween(beacon.time, 0, MAX_TIME) && isHex(beacon.signature, 48)
}

export function isBeaconChain(value: unknown): value is BeaconChain {
  const chain = exactFields(value, ['chain', 'genesis', 'period', 'publicKey', 'scheme'])
  return (
    chain !== undefined &&
    chain.scheme === 'bls-unchained-g1-rfc9380' &&
    isHash(chain.chain) &&
    isBeaconKey(chain.publicKey) &&
    isIntegerBetween(chain.period, 1, 3600) &&
    isIntegerBetween(chain.genesis, 0, MAX_TIME)
  )
}

export function isSameChain(a: BeaconChain, b: BeaconChain): boolean {
  return (
    a.scheme === b.scheme &&
    a.chain === b.chain &&
    a.publicKey === b.publicKey &&
    a.period === b.period &&
    a.genesis === b.genesis
  )
}
