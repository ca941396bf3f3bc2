export interface InspectionRow {
  readonly id: string
  readonly review_id: string
  readonly number: string
  readonly reason: string
  readonly opened_by: string
  readonly opened_at: Date
  readonly closed_by: string | null
  readonly closed_at: Date | null
}

export interface OpeningRow {
  readonly id: string
  readonly inspection_id: string
  readonly review_id: string
  readonly by_user_id: string
  readonly by_membership_id: string
  readonly at: Date
}

/** What a finding is about. */
export const FINDING_SUBJECTS = [
  'organisation',
  'attendance',
  'opinions',
  'conclusion',
  'draw',
  'recording',
  'other',
] as const
export type FindingSubject = (typeof FINDING_SUBJECTS)[number]

export interface FindingRow {
  readonly id: string
  readonly inspection_id: string
  readonly review_id: string
  readonly at_ms: number
  readonly subject: FindingSubject
  readonly text: string
  readonly by_user_id: string
  readonly at: Date
}
