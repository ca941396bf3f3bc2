import { DRAW_SIZE } from './labels.ts'
import type { ChancedCell } from './pool_shape.ts'
import { binomial, nextTo, type Bounds } from './possible_sets.ts'
import { lcm } from './rational.ts'

/**
 * How many sets of ten take from each employer, each specialty and each cell a number next to its expected
 * one. Employer by employer, counting the ways to have taken so many of each specialty so far.
 */
export function countSetsOfCells(cells: readonly ChancedCell[]): bigint {
  const specialties = [...new Set(cells.map(({ specialty }) => specialty))]
  const bounds = specialties.map((one) => boundsOf(cells.filter(({ specialty }) => specialty === one)))
  const tallies = new Tallies(bounds.map(({ most }) => most))
  const indexed = cells.map((cell) => ({ ...cell, place: specialties.indexOf(cell.specialty) }))
  // By tally; nothing where none of the sets so far has it.
  let ways: (bigint | undefined)[] = [1n]
  for (const row of rowsOf(indexed)) {
    const next: (bigint | undefined)[] = []
    const choices = choicesOf(row)
    for (const [tally, count] of ways.entries()) {
      if (count === undefined) continue
      for (const { taken, sets } of choices) {
        const to = tallies.after(tally, taken)
        if (to < 0) continue
        const more = sets === 1n ? count : count * sets
        const before = next[to]
        next[to] = before === undefined ? more : before + more
      }
    }
    ways = next
  }
  return ways.reduce<bigint>((sum, count, tally) => {
    const taken = tallies.numbers(tally)
    const enough = taken.every((number, i) => number >= bounds[i]!.least)
    return count && enough && total(taken) === DRAW_SIZE ? sum + count : sum
  }, 0n)
}

type Indexed = ChancedCell & { readonly place: number }
/** Places of the specialties taken, one for each person, and from how many sets of persons. */
type Choice = { readonly taken: readonly number[]; readonly sets: bigint }

function rowsOf(cells: readonly Indexed[]): Indexed[][] {
  const rows = new Map<number, Indexed[]>()
  for (const cell of cells) rows.set(cell.employer, [...(rows.get(cell.employer) ?? []), cell])
  return [...rows.values()]
}

/** What one employer can give, within the bounds of its cells and of itself. */
function choicesOf(row: readonly Indexed[]): Choice[] {
  const { least, most } = boundsOf(row)
  const choices = row.reduce<Choice[]>(
    (before, cell) => {
      const own = boundsOf([cell])
      const numbers = Array.from({ length: own.most - own.least + 1 }, (_, i) => own.least + i)
      return before.flatMap(({ taken, sets }) =>
        numbers
          .filter((number) => taken.length + number <= most)
          .map((number) => ({
            taken: [...taken, ...Array<number>(number).fill(cell.place)],
            sets: sets * binomial(cell.experts, number),
          }))
      )
    },
    [{ taken: [], sets: 1n }]
  )
  return choices.filter(({ taken }) => taken.length >= least)
}

function boundsOf(cells: readonly ChancedCell[]): Bounds {
  const den = cells.reduce((product, { chance }) => lcm(product, chance.den), 1n)
  const expected = cells.reduce((sum, { experts, chance }) => {
    return sum + BigInt(experts) * chance.num * (den / chance.den)
  }, 0n)
  return nextTo(expected, den)
}

/** Numbers taken of each specialty, each list of them under a number of its own, found once. */
class Tallies {
  readonly #most: readonly number[]
  readonly #lists: (readonly number[])[]
  readonly #numberOf: Map<string, number>
  /** By tally and place: the tally with one more there, or −1. */
  readonly #more: number[][] = []

  constructor(most: readonly number[]) {
    this.#most = most
    this.#lists = [most.map(() => 0)]
    this.#numberOf = new Map([[this.#lists[0]!.join(), 0]])
  }

  numbers(tally: number): readonly number[] {
    return this.#lists[tally]!
  }

  /** The tally with these taken as well; −1 where that is too many of one specialty or of all. */
  after(tally: number, taken: readonly number[]): number {
    let at = tally
    for (const place of taken) {
      at = this.#oneMore(at, place)
      if (at < 0) return at
    }
    return at
  }

  #oneMore(tally: number, place: number): number {
    const known = (this.#more[tally] ??= [])
    return (known[place] ??= this.#find(tally, place))
  }

  #find(tally: number, place: number): number {
    const list = this.#lists[tally]!
    if (list[place]! >= this.#most[place]! || total(list) >= DRAW_SIZE) return -1
    const grown = list.with(place, list[place]! + 1)
    const name = grown.join()
    const number = this.#numberOf.get(name) ?? this.#lists.push(grown) - 1
    this.#numberOf.set(name, number)
    return number
  }
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}
