import type { Conclusion } from '#reviews/public'
import type { ReportDocument } from '#lib/pdf/report_document'

export type ReportState = 'writing' | 'signing' | 'issued'

export interface Answers {
  readonly complete: string
  readonly calculation: string
  readonly site: string
}

export interface ReportRow {
  readonly id: string
  readonly review_id: string
  readonly plan_id: string
  readonly code: string
  readonly state: ReportState
  readonly overview: string
  readonly answers: Answers
  readonly texts_revision: number
  readonly texts_saved_at: Date
  readonly edition: number
  readonly created_at: Date
  readonly issued_at: Date | null
}

export interface MemberRow {
  readonly id: string
  readonly report_id: string
  readonly user_id: string
  /** From 0, the leader; signature field and place in the list of experts. */
  readonly position: number
  readonly letter: string
  readonly role: 'leader' | 'expert'
  readonly name: string
  readonly employer: string
  readonly roster_no: string
}

export interface EditionRow {
  readonly id: string
  readonly report_id: string
  readonly number: number
  readonly verdict: Conclusion
  readonly leader_last: boolean
  readonly certified_sha256: string
  readonly certified_at: Date
  readonly document: ReportDocument
  readonly head_seq: number
  readonly head_sha256: string
  readonly superseded_at: Date | null
}

export interface RevisionRow {
  readonly id: string
  readonly edition_id: string
  readonly seq: number
  readonly parent_sha256: string | null
  readonly sha256: string
  readonly size: number
  /** Null for the platform's seal. */
  readonly member_id: string | null
  readonly field: string
  readonly certificate_sha256: string
  readonly signed_at: Date
}

export interface RefusalRow {
  readonly id: string
  readonly report_id: string
  readonly edition_id: string
  readonly member_id: string
  readonly conclusion: Conclusion
  readonly reason: string
  readonly at: Date
}
