import type { Conclusion, ReviewState } from '#reviews/public'

/**
 * Rules REP-3, REP-10. Whether the contractor may write answers now: from the report's issue until they are
 * submitted. Advice may also be answered once a changed plan has been approved already.
 */
export function answeringIsOpen(
  state: ReviewState,
  conclusion: Conclusion | null,
  submissions: number
): boolean {
  if (conclusion === 'REVISE') return state === 'REPORT_ISSUED' || state === 'REVISING'
  if (conclusion !== 'PASS' || submissions > 0) return false
  return ['REPORT_ISSUED', 'FILED', 'REVIEWED_AGAIN', 'IMPLEMENTABLE'].includes(state)
}

/** Whether they may be submitted: not before the filing is complete, which comes first in a review's life. */
export function submittingIsOpen(
  state: ReviewState,
  conclusion: Conclusion | null,
  submissions: number
): boolean {
  return state !== 'REPORT_ISSUED' && answeringIsOpen(state, conclusion, submissions)
}
