import { fail, ok, type Result } from '#lib/result'
import type { Conclusion, ReviewState } from '#reviews/rules'

export type UploadRefusal = { code: 'E_VERSION_UNDER_REVIEW'; state: ReviewState }

/** Where a new version takes the plan back to its draft. */
const TAKES_BACK: readonly ReviewState[] = [
  'SELF_CHECKED',
  'CONTRACTOR_REVIEWED',
  'SUPERVISING_ENGINEER_REVIEWED',
  'RETURNED',
]

/**
 * Rule PLAN-4 (Order 37, article 16). Whether the contractor may bring a new version now, and the event
 * that goes with it (null when the review stays where it is). From the request for a review until its end
 * the experts read one and the same version; afterwards a revision (REP-3) or taken advice (REP-10) brings
 * the next one.
 */
export function newVersionEvent(
  state: ReviewState,
  conclusion: Conclusion | null
): Result<'new_version' | null, UploadRefusal> {
  if (state === 'DRAFT' || state === 'REVISING') return ok(null)
  if (TAKES_BACK.includes(state)) return ok('new_version')
  if (state === 'FILED' && conclusion === 'PASS') return ok(null)
  return fail({ code: 'E_VERSION_UNDER_REVIEW', state })
}

/** Whether works, parties and the project's data may still be changed. */
export function contentIsOpen(state: ReviewState): boolean {
  return state === 'DRAFT' || state === 'RETURNED'
}
