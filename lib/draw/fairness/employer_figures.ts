import { chanceOf } from '../chances.ts'
import { rational, type Rational } from '../rational.ts'
import { exactText } from '../ruler.ts'
import { compareIds } from '../read.ts'
import type { Against } from './expert_figures.ts'
import { holm } from './holm.ts'
import { ChanceSums, type KnownDraw } from './known_chances.ts'
import { trialOf, twoSided } from './poisson_binomial.ts'

export type EmployerFigure = {
  /** Roster numbers of those who shared an employer's number in some draw of the year. */
  readonly experts: readonly string[]
  readonly drawn: Against
}

type Count = { readonly expected: Rational; readonly drawn: number }

/**
 * How often each employer's experts were drawn. Employers are numbered anew in every draw, so who belongs together
 * is told by the experts: those who share a number are colleagues. A draw gives an employer one of the two whole
 * numbers next to the expected one, so over the year the count is a sum of independent trials; where colleagues
 * stood under several numbers in one draw (somebody had moved), the largest of them counts for that draw.
 */
export function employerFigures(draws: readonly KnownDraw[]): EmployerFigure[] {
  const groups = colleagues(draws)
  const counts = new Map<string, Count[]>()
  for (const known of draws) {
    for (const [root, count] of countsOf(known, groups)) {
      counts.set(root, [...(counts.get(root) ?? []), count])
    }
  }
  const members = new Map<string, string[]>()
  for (const id of [...groups.ids()].sort(compareIds)) {
    const root = groups.rootOf(id)
    members.set(root, [...(members.get(root) ?? []), id])
  }
  const sums = new ChanceSums(draws)
  const list = [...counts].map(([root, each]) => ({ experts: members.get(root)!, each }))
  const values = list.map(({ each }) => testOf(each))
  const adjusted = holm(values)
  return list.map(({ experts, each }, i) => ({
    experts,
    drawn: {
      could: each.length,
      expected: exactText(sums.sum(each.map(({ expected }) => expected))),
      observed: each.reduce((total, { drawn }) => total + drawn, 0),
      p: values[i]!,
      adjusted: adjusted[i]!,
    },
  }))
}

function testOf(each: readonly Count[]): number {
  let above = 0
  const trials = each.map(({ expected: { num, den }, drawn }) => {
    const whole = num / den
    above += drawn - Number(whole)
    return trialOf(rational(num - whole * den, den))
  })
  return twoSided(trials, above)
}

function countsOf(known: KnownDraw, groups: Groups): Map<string, Count> {
  const byEmployer = new Map<number, { root: string; size: number; num: bigint; drawn: number }>()
  const { denominator } = known.chances
  for (const expert of known.eligible) {
    const { num, den } = chanceOf(known.chances, expert)
    const one = byEmployer.get(expert.employer) ?? {
      root: groups.rootOf(expert.id),
      size: 0,
      num: 0n,
      drawn: 0,
    }
    byEmployer.set(expert.employer, one)
    one.size += 1
    one.num += num * (denominator / den)
    if (known.ten.has(expert.id)) one.drawn += 1
  }
  const largest = new Map<string, Count>()
  const sorted = [...byEmployer].sort(([a, x], [b, y]) => y.size - x.size || a - b)
  for (const [, { root, num, drawn }] of sorted) {
    if (!largest.has(root)) largest.set(root, { expected: rational(num, denominator), drawn })
  }
  return largest
}

/** Who belongs together, by the smallest roster number of each group, whatever the order of the draws. */
class Groups {
  readonly #parent = new Map<string, string>()

  ids(): Iterable<string> {
    return this.#parent.keys()
  }

  rootOf(id: string): string {
    let root = id
    for (let up = this.#parent.get(root); up !== undefined && up !== root; up = this.#parent.get(root))
      root = up
    this.#parent.set(id, root)
    return root
  }

  join(a: string, b: string): void {
    const [x, y] = [this.rootOf(a), this.rootOf(b)]
    const first = compareIds(x, y) <= 0 ? x : y
    this.#parent.set(x, first)
    this.#parent.set(y, first)
  }
}

function colleagues(draws: readonly KnownDraw[]): Groups {
  const groups = new Groups()
  for (const { eligible } of draws) {
    const first = new Map<number, string>()
    for (const { id, employer } of eligible) {
      groups.join(first.get(employer) ?? id, id)
      if (!first.has(employer)) first.set(employer, id)
    }
  }
  return groups
}
