import { fail, ok, type Result } from '../result.ts'
import { DRAW_SIZE, MIN_POSSIBLE_SETS } from './labels.ts'
import type { PoolLeaf } from './pool.ts'
import { countSets } from './possible_sets.ts'
import { compareRational, lcm, rational, type Rational } from './rational.ts'

/** How many eligible experts each employer has, by employer number. */
export type EmployerSizes = ReadonlyMap<number, number>

/** Everything about a draw that is known, and published, before the entropy exists. */
export type Chances = {
  /** The most drawn from one employer: the smallest number that lets ten be drawn. */
  readonly cap: number
  /** Chance of an expert of an employer that the cap does not hold back. */
  readonly free: Rational
  /** Chance of one expert, by the number of their employer: min(cap / size, free). */
  readonly byEmployer: ReadonlyMap<number, Rational>
  /** Common denominator of all chances: the ruler's steps to one whole. */
  readonly denominator: bigint
  /** How many sets of ten can come out. */
  readonly possibleSets: bigint
}

export type ChancesError =
  | { code: 'pool_too_small'; eligible: number; need: number }
  | { code: 'caps_infeasible'; maxPerEmployer: number; reachable: number; need: number }
  /** Counts as text, since they pass 2^53. */
  | { code: 'too_few_sets'; sets: string; need: string }

/** Rule DRAW-1, DRAW-8: as equal as the caps allow, exactly, or a typed error with the numbers. */
export function chancesOf(
  leaves: readonly PoolLeaf[],
  maxPerEmployer: number
): Result<Chances, ChancesError> {
  const sizes = employerSizes(leaves)
  const eligible = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  if (eligible < DRAW_SIZE) return fail({ code: 'pool_too_small', eligible, need: DRAW_SIZE })
  const reachable = reachableUnder(sizes, maxPerEmployer)
  if (reachable < DRAW_SIZE) {
    return fail({ code: 'caps_infeasible', maxPerEmployer, reachable, need: DRAW_SIZE })
  }
  let cap = 1
  while (reachableUnder(sizes, cap) < DRAW_SIZE) cap++
  const free = freeChance(sizes, cap)
  const byEmployer = new Map<number, Rational>()
  for (const [employer, size] of sizes) {
    const held = rational(BigInt(cap), BigInt(size))
    byEmployer.set(employer, compareRational(held, free) < 0 ? held : free)
  }
  const denominator = [...byEmployer.values()].reduce((product, { den }) => lcm(product, den), 1n)
  const possibleSets = countSets(sizes, byEmployer)
  if (possibleSets < MIN_POSSIBLE_SETS) {
    return fail({ code: 'too_few_sets', sets: String(possibleSets), need: String(MIN_POSSIBLE_SETS) })
  }
  return ok({ cap, free, byEmployer, denominator, possibleSets })
}

export function employerSizes(leaves: readonly PoolLeaf[]): Map<number, number> {
  const sizes = new Map<number, number>()
  for (const leaf of leaves) {
    if (leaf.excluded === null) sizes.set(leaf.employer, (sizes.get(leaf.employer) ?? 0) + 1)
  }
  return sizes
}

function reachableUnder(sizes: EmployerSizes, cap: number): number {
  return [...sizes.values()].reduce((sum, size) => sum + Math.min(cap, size), 0)
}

/**
 * The λ with Σ min(cap / size, λ) = 10: employers whose cap binds give up what they cannot use, and the rest
 * share it. Raising λ can bind more employers, so it repeats until none is added; it only ever rises.
 */
export function freeChance(sizes: EmployerSizes, cap: number): Rational {
  let unbound = [...sizes.values()]
  let places = BigInt(DRAW_SIZE)
  for (;;) {
    const experts = unbound.reduce((sum, size) => sum + BigInt(size), 0n)
    const chance = rational(places, experts)
    const still = unbound.filter((size) => BigInt(size) * chance.num <= BigInt(cap) * chance.den)
    if (still.length === unbound.length) return chance
    places -= BigInt(cap) * BigInt(unbound.length - still.length)
    unbound = still
  }
}
