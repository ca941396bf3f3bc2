/** The life of a review (rules, "Life of a review"), in the order of the main way. */
export const REVIEW_STATES = [
  'DRAFT',
  'SELF_CHECKED',
  'CONTRACTOR_REVIEWED',
  'SUPERVISING_ENGINEER_REVIEWED',
  'REGISTERED',
  'SUBMITTED',
  'FORM_CHECKED',
  'RETURNED',
  'DRAWN',
  'INVITING',
  'PANEL_CONFIRMED',
  'PRE_REVIEW',
  'SCHEDULED',
  'IN_SESSION',
  'PAUSED',
  'DELIBERATION',
  'READ_OUT',
  'ADJOURNED',
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
  'SUSPENDED',
  'VOIDED',
  'CANCELLED',
] as const

export type ReviewState = (typeof REVIEW_STATES)[number]

/** In which role somebody moves a review. `program` is the system itself, when a condition has come true. */
export const REVIEW_ACTORS = [
  'contractor',
  'contractor_technical_head',
  'chief_supervisor',
  'organiser',
  'agency',
  'leader',
  'expert',
  'centre',
  'authority',
  'program',
] as const

export type ReviewActor = (typeof REVIEW_ACTORS)[number]
export type Conclusion = 'PASS' | 'REVISE' | 'FAIL'

/** Where an organiser may still call a review off. */
export const BEFORE_THE_MEETING: readonly ReviewState[] = REVIEW_STATES.slice(
  0,
  REVIEW_STATES.indexOf('IN_SESSION')
)
export const FINAL_STATES: readonly ReviewState[] = ['VOIDED', 'CANCELLED']
