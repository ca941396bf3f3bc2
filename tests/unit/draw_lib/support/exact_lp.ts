import { compareRational, rational, type Rational } from '#lib/draw/rational'

/**
 * Linear programmes solved exactly, by the two-phase simplex method over fractions with Bland's rule: slow, and
 * nothing like the flows it is a yardstick for.
 */
export type Row = { coefficients: readonly Rational[]; sign: '<=' | '>=' | '='; limit: Rational }

export const ZERO = rational(0n, 1n)
export const ONE = rational(1n, 1n)

export const plus = (a: Rational, b: Rational) => rational(a.num * b.den + b.num * a.den, a.den * b.den)
export const times = (a: Rational, b: Rational) => rational(a.num * b.num, a.den * b.den)
export const minus = (a: Rational, b: Rational) => plus(a, { num: -b.num, den: b.den })
export const over = (a: Rational, b: Rational) => rational(a.num * b.den, a.den * b.num)
const isZero = ({ num }: Rational) => num === 0n

/** A point x ≥ 0 of greatest objective within the rows, or null when there is none. The optimum must be finite. */
export function maximise(objective: readonly Rational[], rows: readonly Row[]): Rational[] | null {
  const variables = objective.length
  const tableau = tableauOf(rows, variables)
  const artificial = tableau.columns - rows.length
  const penalty = Array.from({ length: tableau.columns }, (_, j) =>
    j >= artificial ? minus(ZERO, ONE) : ZERO
  )
  optimise(tableau, penalty, tableau.columns)
  const infeasible = tableau.basis.some((j, i) => j >= artificial && !isZero(tableau.lines[i]!.at(-1)!))
  if (infeasible) return null
  driveOut(tableau, artificial)
  const gains = Array.from({ length: tableau.columns }, (_, j) => objective[j] ?? ZERO)
  optimise(tableau, gains, artificial)
  const point = Array<Rational>(variables).fill(ZERO)
  tableau.basis.forEach((j, i) => {
    if (j < variables) point[j] = tableau.lines[i]!.at(-1)!
  })
  return point
}

type Tableau = { lines: Rational[][]; basis: number[]; columns: number }

/** Variables, then a slack for each inequality, then an artificial variable a row, then the right-hand side. */
function tableauOf(rows: readonly Row[], variables: number): Tableau {
  const slacks = rows.filter(({ sign }) => sign !== '=').length
  const columns = variables + slacks + rows.length
  let slack = variables
  const lines = rows.map(({ coefficients, sign, limit }, i) => {
    const line = Array<Rational>(columns + 1).fill(ZERO)
    coefficients.forEach((value, j) => (line[j] = value))
    if (sign !== '=') line[slack++] = sign === '<=' ? ONE : minus(ZERO, ONE)
    line[columns] = limit
    const signed = limit.num < 0n ? line.map((value) => minus(ZERO, value)) : line
    signed[variables + slacks + i] = ONE
    return signed
  })
  return { lines, basis: rows.map((_, i) => variables + slacks + i), columns }
}

/** Artificial variables that stay in the basis at zero leave it wherever another can come in. */
function driveOut(tableau: Tableau, artificial: number): void {
  tableau.basis.forEach((j, i) => {
    if (j < artificial) return
    const entering = tableau.lines[i]!.findIndex((value, column) => column < artificial && !isZero(value))
    if (entering >= 0) pivot(tableau, i, entering)
  })
}

function optimise(tableau: Tableau, gains: readonly Rational[], usable: number): void {
  for (;;) {
    const entering = enteringColumn(tableau, gains, usable)
    if (entering < 0) return
    const leaving = leavingRow(tableau, entering)
    if (leaving < 0) throw new Error('unbounded')
    pivot(tableau, leaving, entering)
  }
}

function enteringColumn({ lines, basis }: Tableau, gains: readonly Rational[], usable: number): number {
  for (let j = 0; j < usable; j++) {
    if (basis.includes(j)) continue
    const cost = basis.reduce((sum, b, i) => plus(sum, times(gains[b]!, lines[i]![j]!)), ZERO)
    if (compareRational(gains[j]!, cost) > 0) return j
  }
  return -1
}

function leavingRow({ lines, basis }: Tableau, entering: number): number {
  let best = -1
  let least: Rational = ZERO
  lines.forEach((line, i) => {
    if (line[entering]!.num <= 0n) return
    const ratio = over(line.at(-1)!, line[entering]!)
    const order = best < 0 ? -1 : compareRational(ratio, least)
    if (order > 0 || (order === 0 && basis[i]! > basis[best]!)) return
    best = i
    least = ratio
  })
  return best
}

function pivot({ lines, basis }: Tableau, row: number, column: number): void {
  const by = lines[row]![column]!
  const line = lines[row]!.map((value) => over(value, by))
  lines.forEach((other, i) => {
    const factor = other[column]!
    if (i === row || isZero(factor)) return
    lines[i] = other.map((value, j) => minus(value, times(factor, line[j]!)))
  })
  lines[row] = line
  basis[row] = column
}
