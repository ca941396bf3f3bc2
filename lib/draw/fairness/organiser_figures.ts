import { fitsPanelRules } from '../panel.ts'
import { rational } from '../rational.ts'
import { compareIds } from '../read.ts'
import { holm } from './holm.ts'
import { trialOf, upperTail, type Trial } from './poisson_binomial.ts'
import { seeded } from './seeded.ts'
import type { YearDraw } from './year_draw.ts'

/** Years of panels at random that a real one is held against. */
const YEARS = 9_999

/** One expert of those whom an organiser could have chosen. */
export type PairFigure = {
  readonly id: string
  /** Panels on which they could have been. */
  readonly could: number
  readonly expected: number
  readonly variance: number
  readonly chosen: number
  /** Exact, upper tail, if each panel had been any of the valid ones. */
  readonly p: number
}

export type OrganiserFigure = {
  readonly host: string
  readonly panels: number
  /** Panels other than the first valid ones by random order. */
  readonly departures: number
  /** The share of 9,999 years of panels chosen at random, the real one included, as one-sided as this one. */
  readonly p: number
  readonly adjusted: number
  readonly experts: readonly PairFigure[]
}

type Choice = {
  readonly drawId: string
  readonly panels: readonly (readonly string[])[]
  readonly chosen: readonly string[]
}

/**
 * Rules DRAW-13, SUP-5. Whom each organiser chose of those it could choose. What it is held against: each panel any
 * of the valid ones of that size, with the same chance. The first valid one by random order is such a panel.
 */
export function organiserFigures(draws: readonly YearDraw[]): OrganiserFigure[] {
  const hosts = new Map<string, YearDraw[]>()
  for (const draw of draws) {
    if (draw.host && draw.choice) hosts.set(draw.host, [...(hosts.get(draw.host) ?? []), draw])
  }
  const figures = [...hosts]
    .sort(([a], [b]) => compareIds(a, b))
    .map(([host, own]) => {
      const choices = own.map(choiceOf).sort((a, b) => compareIds(a.drawId, b.drawId))
      const experts = pairsOf(choices)
      return {
        host,
        panels: own.length,
        departures: own.filter(({ choice }) => !choice!.isDefault).length,
        p: oneSidedness(host, choices, experts),
        experts,
      }
    })
  const adjusted = holm(figures.map(({ p }) => p))
  return figures.map((figure, i) => ({ ...figure, adjusted: adjusted[i]! }))
}

function choiceOf(draw: YearDraw): Choice {
  const { candidates, members } = draw.choice!
  const seats = draw.seats!.filter(({ seat }) => candidates.includes(seat))
  const all = subsets(seats, members.length)
  const valid = all.filter((panel) =>
    fitsPanelRules(
      panel.map((seat) => ({ ...seat, pin: null })),
      draw.rules
    )
  )
  const own = seats.filter(({ seat }) => members.includes(seat))
  // A panel may rest on more than the draw's own rules say; then any set of that size is what it is held against.
  const known = valid.some((panel) => panel.every(({ seat }) => members.includes(seat)))
  const ids = (panel: readonly { id: string }[]) => panel.map(({ id }) => id)
  return { drawId: draw.drawId, panels: (known ? valid : all).map(ids), chosen: ids(own) }
}

/** At most 252, since ten seats are held at a time. */
function subsets<T>(list: readonly T[], size: number): T[][] {
  if (size === 0) return [[]]
  return list.flatMap((first, i) => subsets(list.slice(i + 1), size - 1).map((rest) => [first, ...rest]))
}

function pairsOf(choices: readonly Choice[]): PairFigure[] {
  const pairs = new Map<string, { trials: Trial[]; chosen: number }>()
  for (const { panels, chosen } of choices) {
    const on = new Map<string, number>()
    for (const panel of panels) for (const id of panel) on.set(id, (on.get(id) ?? 0) + 1)
    for (const [id, count] of on) {
      const pair = pairs.get(id) ?? { trials: [], chosen: 0 }
      pairs.set(id, pair)
      pair.trials.push(trialOf(rational(BigInt(count), BigInt(panels.length))))
      if (chosen.includes(id)) pair.chosen += 1
    }
  }
  return [...pairs]
    .sort(([a], [b]) => compareIds(a, b))
    .map(([id, { trials, chosen }]) => ({
      id,
      could: trials.length,
      expected: trials.reduce((sum, { p }) => sum + p, 0),
      variance: trials.reduce((sum, { p, q }) => sum + p * q, 0),
      chosen,
      p: upperTail(trials, chosen),
    }))
}

/**
 * How far those chosen more often than in the mean lie above it, all together, against years of panels at random:
 * exact in its level, as `redrawYear` is. The random numbers follow from the host and its draws.
 */
function oneSidedness(host: string, choices: readonly Choice[], experts: readonly PairFigure[]): number {
  const place = new Map(experts.map(({ id }, i) => [id, i]))
  const excess = (panels: readonly (readonly string[])[]) => {
    const counts = new Float64Array(experts.length)
    for (const panel of panels) for (const id of panel) counts[place.get(id)!]! += 1
    return experts.reduce((sum, { expected, variance }, i) => {
      const above = counts[i]! - expected
      return above > 0 && variance > 1e-12 ? sum + above ** 2 / variance : sum
    }, 0)
  }
  const actual = excess(choices.map(({ chosen }) => chosen))
  const random = seeded('lunzheng-fairness/1/panels', host, ...choices.map(({ drawId }) => drawId))
  let atLeast = 1
  for (let time = 0; time < YEARS; time++) {
    const sample = excess(choices.map(({ panels }) => panels[random.below(panels.length)]!))
    if (sample >= actual * (1 - 1e-12)) atLeast += 1
  }
  return atLeast / (YEARS + 1)
}
