import { evaluateAll } from '#core/regulation/condition'
import type { GradeRow, Regulation } from '#core/regulation/types'
import type { Work } from './facts.ts'

/**
 * Rule DRAW-8 (NN 2(3)). The risk of a plan by the regulation's table, and with it the grades that may sit:
 * the first row that one of the works meets. A parameter that is not known counts as meeting it.
 */
export function riskOf(works: readonly Work[], regulation: Regulation): GradeRow {
  const row = regulation.grade_table.find((one) => {
    if (one.any === null) return true
    return one.any.some(({ category, when }) =>
      works.some((work) => work.category === category && evaluateAll(when, work.parameters) !== false)
    )
  })
  if (row === undefined) throw new Error(`the grade table of ${regulation.id} has no row for the rest`)
  return row
}
