export type ItemKind = 'must_fix' | 'advice'

export interface FilingRow {
  readonly id: string
  readonly review_id: string
  readonly plan_id: string
  readonly meeting_ended_at: Date
  readonly due_at: Date
  readonly provisional: boolean
  readonly late_told_at: Date | null
  readonly completed_at: Date | null
}

export interface FilingImageRow {
  readonly id: string
  readonly filing_id: string
  readonly kind: 'photograph' | 'sign_in_sheet'
  readonly sha256: string
  readonly type: string
  readonly size: number
  readonly width: number
  readonly height: number
  readonly caption: string
  readonly uploaded_by: string
  readonly uploaded_at: Date
  readonly removed_at: Date | null
}

export interface RevisionRow {
  readonly id: string
  readonly review_id: string
  readonly report_id: string
  readonly plan_id: string
  readonly reviewed_version_id: string
  readonly leader_user_id: string
  readonly answering_since: Date | null
  readonly answers_due_at: Date | null
  readonly opened_at: Date
  readonly closed_at: Date | null
}

export interface ItemRow {
  readonly id: string
  readonly revision_id: string
  readonly kind: ItemKind
  readonly number: number
  readonly place: string
  readonly text: string
  readonly basis: string
}

export interface Answer {
  /** Null while advice is undecided. */
  readonly taken: boolean | null
  readonly change: string
  readonly page: number | null
  readonly reason: string
}

export interface AnswerRow extends Answer {
  readonly item_id: string
  readonly revision: number
  readonly by_user_id: string
  readonly by_name: string
  readonly saved_at: Date
}

export interface Judgement {
  /** Null while the leader has not decided. */
  readonly agrees: boolean | null
  readonly reason: string
}

export interface SubmissionRow {
  readonly id: string
  readonly revision_id: string
  readonly number: number
  readonly version_id: string
  readonly version_sha256: string
  readonly answers: Record<string, Answer>
  readonly by_user_id: string
  readonly by_name: string
  readonly at: Date
  readonly due_at: Date | null
}

export interface OpinionRow {
  readonly id: string
  readonly submission_id: string
  readonly decision: 'agree' | 'send_back'
  readonly version_sha256: string
  readonly text: string
  readonly judged: Record<string, Judgement>
  readonly by_user_id: string
  readonly by_name: string
  readonly at: Date
}
