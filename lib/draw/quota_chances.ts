import { fail, ok, type Result } from '../result.ts'
import { leximinChances } from './leximin.ts'
import { cellsOf, shapeOf, type ChancedCell } from './pool_shape.ts'
import type { PoolLeaf } from './pool.ts'
import { infeasibility, smallestCap, type QuotasInfeasible } from './quota_feasibility.ts'
import type { Quota } from './quotas.ts'

/** Cap and chances where specialties have quotas; the pool has ten under the caps alone. */
export function chancesUnderQuotas(
  leaves: readonly PoolLeaf[],
  quotas: readonly Quota[],
  maxPerEmployer: number
): Result<{ cap: number; cells: ChancedCell[] }, QuotasInfeasible> {
  const cells = cellsOf(leaves)
  const shape = shapeOf(cells, quotas)
  const cap = smallestCap(shape, maxPerEmployer)
  if (cap === undefined) return fail(infeasibility(shape, maxPerEmployer))
  const chances = leximinChances(shape, cap)
  const kindOf = new Map(shape.kinds.flatMap(({ employers }, kind) => employers.map((one) => [one, kind])))
  const place = new Map(shape.quotas.map(({ specialty }, i) => [specialty, i]))
  return ok({
    cap,
    cells: cells.map((cell) => {
      return { ...cell, chance: chances[kindOf.get(cell.employer)!]!.get(place.get(cell.specialty)!)! }
    }),
  })
}
