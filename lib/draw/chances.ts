import { fail, ok, type Result } from '../result.ts'
import { DRAW_SIZE, MAX_SPECIALTIES, MIN_POSSIBLE_SETS } from './labels.ts'
import type { PoolLeaf } from './pool.ts'
import type { ChancedCell } from './pool_shape.ts'
import { countSets } from './possible_sets.ts'
import { countSetsOfCells } from './possible_sets_of_cells.ts'
import { chancesUnderQuotas } from './quota_chances.ts'
import type { QuotasInfeasible } from './quota_feasibility.ts'
import { compareRational, lcm, rational, type Rational } from './rational.ts'
import type { DrawRules } from './rules.ts'

/** How many eligible experts each employer has, by employer number. */
export type EmployerSizes = ReadonlyMap<number, number>

/** Everything about a draw that is known, and published, before the entropy exists. */
export type Chances = CapChances | QuotaChances

type Known = {
  /** The most drawn from one employer: the smallest number that lets ten be drawn. */
  readonly cap: number
  /** Common denominator of all chances: so many steps make one whole. */
  readonly denominator: bigint
  /** How many sets of ten can come out. */
  readonly possibleSets: bigint
}

/** Where caps alone decide, all experts of an employer have the same chance: min(cap / size, free). */
export type CapChances = Known & {
  readonly by: 'employer'
  /** Chance of an expert of an employer that the cap does not hold back. */
  readonly free: Rational
  /** By the employer's number. */
  readonly byEmployer: ReadonlyMap<number, Rational>
}

/** With quotas, all experts of one employer and one specialty. */
export type QuotaChances = Known & { readonly by: 'cell'; readonly cells: readonly ChancedCell[] }

export type ChancesError =
  | { code: 'pool_too_small'; eligible: number; need: number }
  | { code: 'caps_infeasible'; maxPerEmployer: number; reachable: number; need: number }
  | QuotasInfeasible
  /** More than can be counted in bearable time: no pool of the field has so many. */
  | { code: 'too_many_specialties'; specialties: number; limit: number }
  /** Counts as text, since they pass 2^53. */
  | { code: 'too_few_sets'; sets: string; need: string }

/** Rule DRAW-1, DRAW-8: as equal as caps and quotas allow, exactly, or a typed error with the numbers. */
export function chancesOf(
  leaves: readonly PoolLeaf[],
  { maxPerEmployer, quotas }: Pick<DrawRules, 'maxPerEmployer' | 'quotas'>
): Result<Chances, ChancesError> {
  const sizes = employerSizes(leaves)
  const eligible = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  if (eligible < DRAW_SIZE) return fail({ code: 'pool_too_small', eligible, need: DRAW_SIZE })
  const reachable = reachableUnder(sizes, maxPerEmployer)
  if (reachable < DRAW_SIZE) {
    return fail({ code: 'caps_infeasible', maxPerEmployer, reachable, need: DRAW_SIZE })
  }
  if (quotas.length === 0) return enoughSets(chancesUnderCaps(sizes))
  const specialties = specialtiesIn(leaves, quotas)
  if (specialties > MAX_SPECIALTIES)
    return fail({ code: 'too_many_specialties', specialties, limit: MAX_SPECIALTIES })
  const found = chancesUnderQuotas(leaves, quotas, maxPerEmployer)
  if (!found.ok) return found
  const { cap, cells } = found.value
  const denominator = commonDenominator(cells.map(({ chance }) => chance))
  return enoughSets({ by: 'cell', cap, cells, denominator, possibleSets: countSetsOfCells(cells) })
}

function specialtiesIn(leaves: readonly PoolLeaf[], quotas: DrawRules['quotas']): number {
  const eligible = leaves.filter(({ excluded }) => excluded === null)
  return new Set([...eligible, ...quotas].map(({ specialty }) => specialty)).size
}

/** The chance of one eligible expert; everybody can compute their own. */
export function chanceOf(chances: Chances, leaf: Pick<PoolLeaf, 'employer' | 'specialty'>): Rational {
  if (chances.by === 'employer') return chances.byEmployer.get(leaf.employer)!
  const { employer, specialty } = leaf
  return chances.cells.find((cell) => cell.employer === employer && cell.specialty === specialty)!.chance
}

/** All different chances of a draw. */
export function chanceValues(chances: Chances): Rational[] {
  return chances.by === 'employer'
    ? [...chances.byEmployer.values()]
    : chances.cells.map(({ chance }) => chance)
}

export function employerSizes(leaves: readonly PoolLeaf[]): Map<number, number> {
  const sizes = new Map<number, number>()
  for (const leaf of leaves) {
    if (leaf.excluded === null) sizes.set(leaf.employer, (sizes.get(leaf.employer) ?? 0) + 1)
  }
  return sizes
}

function enoughSets(chances: Chances): Result<Chances, ChancesError> {
  const { possibleSets } = chances
  if (possibleSets >= MIN_POSSIBLE_SETS) return ok(chances)
  return fail({ code: 'too_few_sets', sets: String(possibleSets), need: String(MIN_POSSIBLE_SETS) })
}

function chancesUnderCaps(sizes: EmployerSizes): CapChances {
  let cap = 1
  while (reachableUnder(sizes, cap) < DRAW_SIZE) cap++
  const free = freeChance(sizes, cap)
  const byEmployer = new Map<number, Rational>()
  for (const [employer, size] of sizes) {
    const held = rational(BigInt(cap), BigInt(size))
    byEmployer.set(employer, compareRational(held, free) < 0 ? held : free)
  }
  const denominator = commonDenominator([...byEmployer.values()])
  return {
    by: 'employer',
    cap,
    free,
    byEmployer,
    denominator,
    possibleSets: countSets(sizes, byEmployer),
  }
}

function commonDenominator(chances: readonly Rational[]): bigint {
  return chances.reduce((product, { den }) => lcm(product, den), 1n)
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
