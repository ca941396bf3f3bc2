import { DRAW_SIZE } from '#lib/draw/labels'
import type { Cell } from '#lib/draw/pool_shape'
import type { Quota } from '#lib/draw/quotas'
import { compareRational, rational, type Rational } from '#lib/draw/rational'
import { maximise, minus, ONE, over, times, ZERO, type Row } from './exact_lp.js'

const whole = (n: number) => rational(BigInt(n), 1n)

/**
 * Leximin chances of the cells by linear programmes alone, or null when nothing is feasible: raise the least
 * chance, fix whoever cannot exceed it, again. Variables are the cells' expected numbers, then the least chance.
 */
export function leximinByLp(
  cells: readonly Cell[],
  quotas: readonly Quota[],
  cap: number
): Rational[] | null {
  const chances = cells.map((): Rational | null => null)
  while (chances.includes(null)) {
    const free = cells.flatMap((_, i) => (chances[i] === null ? [i] : []))
    const fixed = [...polytope(cells, quotas, cap), ...fixedRows(cells, chances)]
    const raised = free.map((i): Row => {
      const line = unit(cells.length + 1, i)
      line[cells.length] = minus(ZERO, whole(cells[i]!.experts))
      return { coefficients: line, sign: '>=', limit: ZERO }
    })
    const best = maximise(unit(cells.length + 1, cells.length), [...fixed, ...raised])
    if (!best) return null
    const least = best[cells.length]!
    for (const i of held(cells, fixed, free, least)) chances[i] = least
  }
  return chances as Rational[]
}

/** The free cells that no solution gives more than the least chance. */
function held(cells: readonly Cell[], fixed: readonly Row[], free: readonly number[], least: Rational) {
  const floors = free.map((i): Row => {
    const limit = times(least, whole(cells[i]!.experts))
    return { coefficients: unit(cells.length + 1, i), sign: '>=', limit }
  })
  let left = [...free]
  for (;;) {
    const objective = Array<Rational>(cells.length + 1).fill(ZERO)
    for (const i of left) objective[i] = ONE
    const point = maximise(objective, [...fixed, ...floors])!
    const still = left.filter((i) => compareRational(over(point[i]!, whole(cells[i]!.experts)), least) === 0)
    if (still.length === left.length) return left
    left = still
  }
}

function polytope(cells: readonly Cell[], quotas: readonly Quota[], cap: number): Row[] {
  const sum = (which: (cell: Cell) => boolean) => [...cells.map((cell) => (which(cell) ? ONE : ZERO)), ZERO]
  const employers = [...new Set(cells.map(({ employer }) => employer))]
  return [
    { coefficients: sum(() => true), sign: '=', limit: whole(DRAW_SIZE) },
    ...employers.map((one): Row => {
      return { coefficients: sum(({ employer }) => employer === one), sign: '<=', limit: whole(cap) }
    }),
    ...cells.map((cell, i): Row => {
      return { coefficients: unit(cells.length + 1, i), sign: '<=', limit: whole(cell.experts) }
    }),
    ...quotas.flatMap(({ specialty, min, max }): Row[] => {
      const coefficients = sum((cell) => cell.specialty === specialty)
      return [
        { coefficients, sign: '>=', limit: whole(min) },
        { coefficients, sign: '<=', limit: whole(max) },
      ]
    }),
    // Nobody's chance passes one, so neither does the least.
    { coefficients: unit(cells.length + 1, cells.length), sign: '<=', limit: ONE },
  ]
}

function fixedRows(cells: readonly Cell[], chances: readonly (Rational | null)[]): Row[] {
  return chances.flatMap((chance, i): Row[] => {
    if (chance === null) return []
    const limit = times(chance, whole(cells[i]!.experts))
    return [{ coefficients: unit(cells.length + 1, i), sign: '=', limit }]
  })
}

function unit(length: number, at: number): Rational[] {
  return Array.from({ length }, (_, i) => (i === at ? ONE : ZERO))
}
