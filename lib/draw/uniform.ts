import { bigIntFromBytes, concat, hmacSha256, u32be, utf8 } from '../bytes.ts'
import { LABEL } from './labels.ts'

/** Where the first pin stands: a uniform integer in 0 … bound − 1. */
export function uniformBelow(seed: Uint8Array, round: number, bound: bigint): bigint {
  return uniform(seed, concat(utf8(LABEL.start), u32be(round)), bound)
}

/** The number of one step of the rounding, from 1: a uniform integer in 0 … bound − 1. */
export function uniformOfStep(seed: Uint8Array, round: number, step: number, bound: bigint): bigint {
  return uniform(seed, concat(utf8(LABEL.step), u32be(round), u32be(step)), bound)
}

/**
 * A uniform integer in 0 … bound − 1 from the seed. Candidates of as many bits as `bound − 1` has are taken
 * until one is in range: a remainder would favour small values, which rejection does not.
 */
function uniform(seed: Uint8Array, purpose: Uint8Array, bound: bigint): bigint {
  if (bound < 1n) throw new RangeError('bound')
  const bits = (bound - 1n).toString(2).length
  const length = Math.ceil(bits / 8)
  const mask = (1n << BigInt(bits)) - 1n
  for (let attempt = 0; attempt < 10_000; attempt++) {
    const value = bigIntFromBytes(stream(seed, purpose, attempt, length)) & mask
    if (value < bound) return value
  }
  throw new Error('draw: no number in 10,000 attempts')
}

function stream(seed: Uint8Array, purpose: Uint8Array, attempt: number, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, block) =>
    hmacSha256(seed, purpose, u32be(attempt), u32be(block))
  )
  return concat(...blocks).slice(0, length)
}
