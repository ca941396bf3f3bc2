import { DRAW_SIZE } from './labels.ts'
import type { Rational } from './rational.ts'

/** The whole numbers next to an expected one; both the same when it is whole. */
export type Bounds = { readonly least: number; readonly most: number }

/**
 * How many sets of ten can come out: those that take from each employer a number next to its expected one
 * (systematic sampling takes no other). Product of polynomials in the number drawn, cut off at ten.
 */
export function countSets(
  sizes: ReadonlyMap<number, number>,
  chances: ReadonlyMap<number, Rational>
): bigint {
  let ways = [1n, ...Array<bigint>(DRAW_SIZE).fill(0n)]
  for (const [employer, size] of sizes) {
    const { num, den } = chances.get(employer)!
    const { least, most } = nextTo(BigInt(size) * num, den)
    const next = Array<bigint>(DRAW_SIZE + 1).fill(0n)
    for (let taken = least; taken <= most; taken++) {
      const choices = binomial(size, taken)
      for (let before = 0; before + taken <= DRAW_SIZE; before++) {
        next[before + taken]! += ways[before]! * choices
      }
    }
    ways = next
  }
  return ways[DRAW_SIZE]!
}

export function nextTo(expected: bigint, den: bigint): Bounds {
  return { least: Number(expected / den), most: Number((expected + den - 1n) / den) }
}

export function binomial(n: number, k: number): bigint {
  let value = 1n
  for (let i = 0; i < k; i++) value = (value * BigInt(n - i)) / BigInt(i + 1)
  return value
}
