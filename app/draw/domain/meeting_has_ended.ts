import type { ReviewState } from '#reviews/rules'

const AFTER: readonly ReviewState[] = [
  'CONCLUDED',
  'SIGNING',
  'REPORT_ISSUED',
  'FILED',
  'REVISING',
  'REVISION_SUBMITTED',
  'LEADER_OPINION',
  'REVIEWED_AGAIN',
  'IMPLEMENTABLE',
  'CLOSED',
]

/** Rule DRAW-9. Names open to the public when the meeting has ended, never before. */
export function meetingHasEnded(state: ReviewState): boolean {
  return AFTER.includes(state)
}
