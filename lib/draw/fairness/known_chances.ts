import { lcm, rational, type Rational } from '../rational.ts'
import { chanceOf, chancesOf, chanceValues, type Chances } from '../chances.ts'
import type { PoolLeaf } from '../pool.ts'
import { prepareReplacement, type DrawState } from '../replace.ts'
import type { EligibleExpert, YearDraw } from './year_draw.ts'

/** A completed draw whose published chances follow again from its commit entry. */
export type KnownDraw = {
  readonly draw: YearDraw
  readonly eligible: readonly EligibleExpert[]
  readonly leaves: readonly PoolLeaf[]
  readonly chances: Chances
  /** Drawn among the ten, by id. */
  readonly ten: ReadonlySet<string>
}

export type DrawFault = {
  readonly code:
    /** Frozen, and without a result so far. */
    | 'not_completed'
    /** An entry of the time before employers and specialties stood in it. */
    | 'not_recomputable'
    /** By its own rules there was nothing to draw from. */
    | 'chances_impossible'
    /** Not ten different eligible experts, each as the pool has them. */
    | 'seats_impossible'
    /** More or fewer of one employer or specialty than any draw by these rules can give. */
    | 'counts_impossible'
  readonly drawId: string
  readonly number: string | null
}

const NO_HASH = '0'.repeat(64)

/** Chances don't depend on names and salts, which the commit entry does not hold. */
export function barePool(eligible: readonly EligibleExpert[]): PoolLeaf[] {
  return eligible.map(({ id, employer, specialty }) => {
    return { v: 1, id, employer, specialty, excluded: null, identity: NO_HASH, salt: NO_HASH }
  })
}

/** The draw with its chances, or what keeps it from being counted. */
export function knownDraw(draw: YearDraw): KnownDraw | DrawFault {
  const fault = (code: DrawFault['code']): DrawFault => ({ code, drawId: draw.drawId, number: draw.number })
  if (!draw.seats) return fault('not_completed')
  if (!draw.eligible) return fault('not_recomputable')
  const leaves = barePool(draw.eligible)
  const chances = chancesOf(leaves, draw.rules)
  if (!chances.ok) return fault('chances_impossible')
  const pool = new Map(draw.eligible.map((expert) => [expert.id, expert]))
  const ten = draw.seats.filter(({ replaces }) => replaces === null)
  const asInPool = ten.every(({ id, employer, specialty }) => {
    return pool.get(id)?.employer === employer && pool.get(id)?.specialty === specialty
  })
  const drawn = new Set(ten.map(({ id }) => id))
  if (!asInPool || ten.length !== 10 || drawn.size !== 10 || pool.size !== leaves.length) {
    return fault('seats_impossible')
  }
  const known = { draw, eligible: draw.eligible, leaves, chances: chances.value, ten: drawn }
  return countsArePossible(known) ? known : fault('counts_impossible')
}

/** Of each employer, and with quotas of each specialty, the numbers next to the expected one and no other. */
function countsArePossible({ eligible, chances, ten }: KnownDraw): boolean {
  const keys: ((expert: EligibleExpert) => string)[] = [({ employer }) => String(employer)]
  if (chances.by === 'cell') keys.push(({ specialty }) => specialty)
  return keys.every((key) => {
    const totals = new Map<string, { expected: bigint; drawn: bigint }>()
    for (const expert of eligible) {
      const { num, den } = chanceOf(chances, expert)
      const total = totals.get(key(expert)) ?? { expected: 0n, drawn: 0n }
      total.expected += num * (chances.denominator / den)
      if (ten.has(expert.id)) total.drawn += 1n
      totals.set(key(expert), total)
    }
    return [...totals.values()].every(({ expected, drawn }) => {
      const over = drawn * chances.denominator - expected
      return over < chances.denominator && -over < chances.denominator
    })
  })
}

/** Of each filled place, who could have come, each with the same chance. */
export function replacementsOf({ draw, leaves, chances }: KnownDraw) {
  const ten = draw.seats!.filter(({ replaces }) => replaces === null)
  let state: DrawState = {
    drawId: draw.drawId,
    round: draw.round,
    rules: draw.rules,
    leaves,
    cap: chances.cap,
    seats: ten.map(({ seat, id, employer, specialty, ticket }) => {
      return { seat, pin: null, id, employer, specialty, ticket }
    }),
    left: new Set(),
  }
  return draw.replacements.map(({ seat, taken }) => {
    const prepared = prepareReplacement(state, seat)
    state = {
      ...state,
      seats: taken ? [...state.seats, taken] : state.seats,
      left: new Set([...state.left, seat]),
    }
    const candidates = prepared.ok ? prepared.value.candidates.map(({ id }) => id) : []
    return { taken: taken?.id ?? null, candidates, fits: taken === null || candidates.includes(taken.id) }
  })
}

/** Sums of chances over one common denominator, so that each addition is of whole numbers. */
export class ChanceSums {
  readonly #whole: bigint

  constructor(draws: readonly KnownDraw[], more: readonly bigint[] = []) {
    const all = draws.flatMap(({ chances }) => chanceValues(chances).map(({ den }) => den))
    this.#whole = [...new Set([...all, ...more])].reduce((product, den) => lcm(product, den), 1n)
  }

  sum(chances: readonly Rational[]): Rational {
    return rational(
      chances.reduce((total, { num, den }) => total + num * (this.#whole / den), 0n),
      this.#whole
    )
  }
}
