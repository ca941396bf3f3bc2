import type { Regulation } from '#core/regulation/types'
import { type Assessment, assessWork, type FailedAssessment, isFailed } from './assess_work.ts'

export type AssessedList = { results: (Assessment | FailedAssessment)[]; failed: number }

/**
 * Rule PLAN-1 over one work or a list of works, each judged by itself: an error of one leaves the others
 * alone and is counted. A single work gives a list of one.
 */
export function assessAll(works: unknown, regulation: Regulation): AssessedList {
  const list: unknown[] = Array.isArray(works) ? works : [works]
  const results = list.map((work) => assessWork(work, regulation))
  return { results, failed: results.filter(isFailed).length }
}

/** Rule PLAN-1 for a plan of several works: the strictest of them holds; every error is handed back. */
export function assessPlan(
  works: readonly unknown[],
  regulation: Regulation
): { hazardous: boolean; review_required: boolean; works: Assessment[] } | { errors: FailedAssessment[] } {
  const { results } = assessAll(works, regulation)
  const errors = results.filter(isFailed)
  if (errors.length > 0) return { errors }
  const assessed = results.filter((result): result is Assessment => !isFailed(result))
  return {
    hazardous: assessed.some((work) => work.hazardous),
    review_required: assessed.some((work) => work.review_required),
    works: assessed,
  }
}
