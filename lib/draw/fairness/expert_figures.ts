import { exactText, type ExactText } from '../ruler.ts'
import { rational, type Rational } from '../rational.ts'
import { chanceOf } from '../chances.ts'
import { compareIds } from '../read.ts'
import { holm } from './holm.ts'
import { ChanceSums, replacementsOf, type KnownDraw } from './known_chances.ts'
import { trialOf, twoSided, type Trial } from './poisson_binomial.ts'

/** What chance gave somebody beside what it gave in the mean. */
export type Against = {
  /** In how many draws, or filled places, they could come. */
  readonly could: number
  readonly expected: ExactText
  readonly observed: number
  /** Exact, two-sided. */
  readonly p: number
  /** After Holm's correction over all of this list. */
  readonly adjusted: number
}

export type ExpertFigure = { readonly id: string; readonly drawn: Against; readonly replaced: Against }

type Tally = { chances: Rational[]; trials: Trial[]; observed: number }

/** Everybody who could be drawn in the year, by roster number: among the ten, and as a replacement. */
export function expertFigures(draws: readonly KnownDraw[]): ExpertFigure[] {
  const drawn = new Map<string, Tally>()
  const replaced = new Map<string, Tally>()
  for (const known of draws) {
    const trials = new Map<string, { chance: Rational; trial: Trial }>()
    for (const expert of known.eligible) {
      const cell = `${expert.employer} ${expert.specialty}`
      const found = trials.get(cell) ?? withTrial(chanceOf(known.chances, expert))
      trials.set(cell, found)
      note(drawn, expert.id, found, known.ten.has(expert.id))
    }
    for (const { candidates, taken } of replacementsOf(known)) {
      if (taken === null || candidates.length === 0) continue
      const each = withTrial(rational(1n, BigInt(candidates.length)))
      for (const id of candidates) note(replaced, id, each, id === taken)
    }
  }
  const ids = [...drawn.keys()].sort(compareIds)
  const sums = new ChanceSums(draws, denominators(replaced))
  const tens = against(
    ids.map((id) => drawn.get(id)!),
    sums
  )
  const places = against(
    ids.map((id) => replaced.get(id) ?? { chances: [], trials: [], observed: 0 }),
    sums
  )
  return ids.map((id, i) => ({ id, drawn: tens[i]!, replaced: places[i]! }))
}

function withTrial(chance: Rational) {
  return { chance, trial: trialOf(chance) }
}

function note(
  tallies: Map<string, Tally>,
  id: string,
  { chance, trial }: { chance: Rational; trial: Trial },
  came: boolean
): void {
  const tally = tallies.get(id) ?? { chances: [], trials: [], observed: 0 }
  tallies.set(id, tally)
  tally.chances.push(chance)
  tally.trials.push(trial)
  if (came) tally.observed += 1
}

function denominators(tallies: ReadonlyMap<string, Tally>): bigint[] {
  return [...new Set([...tallies.values()].flatMap(({ chances }) => chances.map(({ den }) => den)))]
}

function against(tallies: readonly Tally[], sums: ChanceSums): Against[] {
  const values = tallies.map(({ trials, observed }) => twoSided(trials, observed))
  const adjusted = holm(values)
  return tallies.map(({ chances, trials, observed }, i) => ({
    could: trials.length,
    expected: exactText(sums.sum(chances)),
    observed,
    p: values[i]!,
    adjusted: adjusted[i]!,
  }))
}
