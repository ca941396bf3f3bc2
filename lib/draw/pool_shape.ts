import { DRAW_SIZE } from './labels.ts'
import type { PoolLeaf } from './pool.ts'
import type { Quota } from './quotas.ts'
import type { Rational } from './rational.ts'
import { compareIds } from './read.ts'

/** The eligible experts of one employer who have one specialty; nothing else tells them apart. */
export type Cell = { readonly employer: number; readonly specialty: string; readonly experts: number }

/** With the chance that each of them has. */
export type ChancedCell = Cell & { readonly chance: Rational }

/**
 * Employers whose eligible experts are spread over the specialties alike. The fairest chances are unique, so
 * exchanging two such employers changes nothing: their chances are the same and need computing once.
 */
export type EmployerKind = { readonly employers: readonly number[]; readonly experts: readonly number[] }

export type PoolShape = {
  /** Every specialty of a quota or of an eligible expert, in order of UTF-8 bytes. */
  readonly quotas: readonly Quota[]
  /** `experts` has one number for each specialty, of one employer. */
  readonly kinds: readonly EmployerKind[]
}

/** Cells with somebody in them, by employer, then by specialty in order of UTF-8 bytes. */
export function cellsOf(leaves: readonly PoolLeaf[]): Cell[] {
  const counts = new Map<number, Map<string, number>>()
  for (const { employer, specialty, excluded } of leaves) {
    if (excluded !== null) continue
    const row = counts.get(employer) ?? new Map<string, number>()
    counts.set(employer, row.set(specialty, (row.get(specialty) ?? 0) + 1))
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .flatMap(([employer, row]) =>
      [...row]
        .sort(([a], [b]) => compareIds(a, b))
        .map(([specialty, experts]) => ({ employer, specialty, experts }))
    )
}

export function shapeOf(cells: readonly Cell[], listed: readonly Quota[]): PoolShape {
  const bounds = new Map(cells.map(({ specialty }) => [specialty, { specialty, min: 0, max: DRAW_SIZE }]))
  for (const quota of listed) bounds.set(quota.specialty, { ...quota })
  const quotas = [...bounds.values()].sort((a, b) => compareIds(a.specialty, b.specialty))
  const place = new Map(quotas.map(({ specialty }, i) => [specialty, i]))
  const rows = new Map<number, number[]>()
  for (const { employer, specialty, experts } of cells) {
    const row = rows.get(employer) ?? Array<number>(quotas.length).fill(0)
    row[place.get(specialty)!] = experts
    rows.set(employer, row)
  }
  const kinds = new Map<string, { employers: number[]; experts: number[] }>()
  for (const [employer, experts] of rows) {
    const kind = kinds.get(experts.join()) ?? { employers: [], experts }
    kind.employers.push(employer)
    kinds.set(experts.join(), kind)
  }
  return { quotas, kinds: [...kinds.values()] }
}
