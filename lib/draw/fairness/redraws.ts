import { chanceOf } from '../chances.ts'
import { compareIds } from '../read.ts'
import { holm } from './holm.ts'
import type { KnownDraw } from './known_chances.ts'
import { ratio } from './poisson_binomial.ts'
import { samplerOf, type Sampler } from './sampler.ts'
import { seeded } from './seeded.ts'

/** Experts of a kind that must not matter, over the year. */
export type GroupCount = { readonly group: string; readonly expected: number; readonly observed: number }

export type GroupFigure = {
  readonly kind: 'everybody' | 'roster_position' | 'employer_size'
  /** Empty for everybody: these stand in a list of their own. */
  readonly groups: readonly GroupCount[]
  readonly p: number
  /** After Holm's correction over the three kinds. */
  readonly adjusted: number
}

export type Redraws = { readonly times: number; readonly figures: readonly GroupFigure[] }

const KINDS = ['everybody', 'roster_position', 'employer_size'] as const
const QUARTERS = ['1', '2', '3', '4']
const SIZES = ['1', '2-3', '4+']

/**
 * Groups, and everybody at once. The ten of one draw depend on one another, so there is no closed form; instead the
 * whole year is drawn again `times` times from the same pools by the same rules, and p is the share of years,
 * the real one among them, that lie as far from the expected numbers. Such a test is exact in its level: with fair
 * draws the real year is one of `times` + 1 alike. The random numbers follow from the draws' own ids.
 */
export async function redrawYear(
  draws: readonly KnownDraw[],
  { times, breathe }: { times: number; breathe: () => Promise<void> }
): Promise<Redraws> {
  const year = layOut(draws)
  const actual = deviations(year, year.actual)
  const atLeast = [1, 1, 1]
  const random = seeded('lunzheng-fairness/1/redraws', String(times), ...year.ids)
  for (let time = 0; time < times && draws.length > 0; time++) {
    if (time % 8 === 0) await breathe()
    const counts = emptyCounts(year)
    year.draws.forEach((draw) => count(draw, draw.sampler(random), counts))
    deviations(year, counts).forEach((value, i) => {
      // The same counts give the same sum; the margin is for nothing but the order of additions.
      if (value >= actual[i]! * (1 - 1e-12)) atLeast[i]! += 1
    })
  }
  const values = draws.length > 0 ? atLeast.map((number) => number / (times + 1)) : [1, 1, 1]
  const adjusted = holm(values)
  const shown = [[], groupCounts(QUARTERS, year, 'quarters'), groupCounts(SIZES, year, 'sizes')]
  return {
    times,
    figures: KINDS.map((kind, i) => ({ kind, groups: shown[i]!, p: values[i]!, adjusted: adjusted[i]! })),
  }
}

type Counts = { experts: Float64Array; quarters: Float64Array; sizes: Float64Array }
type LaidOut = { sampler: Sampler; experts: number[]; quarters: number[]; sizes: number[] }
type Year = { ids: string[]; draws: LaidOut[]; expected: Counts; variance: Float64Array; actual: Counts }

function layOut(draws: readonly KnownDraw[]): Year {
  const sorted = [...draws].sort((a, b) => compareIds(a.draw.drawId, b.draw.drawId))
  const everybody = new Map<string, number>()
  for (const { eligible } of sorted) {
    for (const { id } of eligible) if (!everybody.has(id)) everybody.set(id, everybody.size)
  }
  const expected = sized(everybody.size)
  const actual = sized(everybody.size)
  const variance = new Float64Array(everybody.size)
  const laidOut = sorted.map((known) => {
    const draw = classed(known, everybody)
    known.eligible.forEach((expert, i) => {
      const { num, den } = chanceOf(known.chances, expert)
      const chance = ratio(num, den)
      expected.experts[draw.experts[i]!]! += chance
      expected.quarters[draw.quarters[i]!]! += chance
      expected.sizes[draw.sizes[i]!]! += chance
      variance[draw.experts[i]!]! += chance * ratio(den - num, den)
    })
    const ten = known.eligible.flatMap(({ id }, i) => (known.ten.has(id) ? [i] : []))
    count(draw, ten, actual)
    return draw
  })
  return { ids: sorted.map(({ draw }) => draw.drawId), draws: laidOut, expected, variance, actual }
}

/** For each of the eligible: who they are over the year, their quarter of the roster, their employer's size. */
function classed(known: KnownDraw, everybody: ReadonlyMap<string, number>): LaidOut {
  const { eligible } = known
  const order = eligible.map((_, i) => i).sort((a, b) => compareIds(eligible[a]!.id, eligible[b]!.id))
  const quarters = Array<number>(eligible.length)
  order.forEach((place, rank) => (quarters[place] = Math.floor((4 * rank) / eligible.length)))
  const employers = new Map<number, number>()
  for (const { employer } of eligible) employers.set(employer, (employers.get(employer) ?? 0) + 1)
  return {
    sampler: samplerOf(known),
    experts: eligible.map(({ id }) => everybody.get(id)!),
    quarters,
    sizes: eligible.map(({ employer }) => sizeClass(employers.get(employer)!)),
  }
}

function sizeClass(experts: number): number {
  if (experts === 1) return 0
  return experts < 4 ? 1 : 2
}

function count({ experts, quarters, sizes }: LaidOut, drawn: readonly number[], counts: Counts): void {
  for (const place of drawn) {
    counts.experts[experts[place]!]! += 1
    counts.quarters[quarters[place]!]! += 1
    counts.sizes[sizes[place]!]! += 1
  }
}

function sized(experts: number): Counts {
  return {
    experts: new Float64Array(experts),
    quarters: new Float64Array(QUARTERS.length),
    sizes: new Float64Array(SIZES.length),
  }
}

function emptyCounts({ expected }: Year): Counts {
  return sized(expected.experts.length)
}

/** How far counts lie from the expected ones: squares over variance, and over the expected number for groups. */
function deviations({ expected, variance }: Year, counts: Counts): number[] {
  return [
    squares(counts.experts, expected.experts, variance),
    squares(counts.quarters, expected.quarters, expected.quarters),
    squares(counts.sizes, expected.sizes, expected.sizes),
  ]
}

function squares(counts: Float64Array, expected: Float64Array, scale: Float64Array): number {
  let total = 0
  for (let i = 0; i < counts.length; i++) {
    // Whoever has chance 1 in every draw, and a group without anybody, can't deviate.
    if (scale[i]! > 1e-12) total += (counts[i]! - expected[i]!) ** 2 / scale[i]!
  }
  return total
}

function groupCounts(
  names: readonly string[],
  { expected, actual }: Year,
  of: 'quarters' | 'sizes'
): GroupCount[] {
  return names.map((group, i) => ({ group, expected: expected[of][i]!, observed: actual[of][i]! }))
}
