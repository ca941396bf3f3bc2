import type { ApprovalKind, VersionState } from '#plans/domain/approvals_follow_in_order'
import type { Assessment } from '#plans/domain/assess_work'
import type { Tick } from '#plans/domain/severe_defect_stops_the_next_step'
import type { PageRange } from '#plans/domain/what_a_plan_still_lacks'

export interface PlanRow {
  readonly id: string
  readonly number: string
  readonly organisation_id: string
  readonly name: string
  readonly project_name: string
  readonly project_place: string
  readonly permit: string
  readonly part: string
  readonly summary: string
  readonly review_kind: string
  readonly voluntary_reason: string | null
  readonly by_subcontractor: boolean
  readonly agency_organisation_id: string | null
  readonly delegation_sha256: string | null
  readonly meeting_proposed_at: Date | null
  readonly assessment: { works: Assessment[] } | null
  readonly hazardous: boolean | null
  readonly review_required: boolean | null
  readonly assessed_at: Date | null
  readonly regulation_hash: string | null
  readonly implementable_version_id: string | null
  readonly created_by: string
  readonly created_at: Date
}

/** Parameters by the regulation's names; `context` is what stands beside the work on the drawing. */
export interface Work {
  readonly category: string
  readonly parameters: Record<string, number | boolean>
  readonly context: { readonly neighbour?: string; readonly distance_m?: number }
}

export interface WorkRow extends Work {
  readonly id: string
  readonly position: number
}

export interface PartyRow {
  readonly id: string
  readonly role: string
  readonly organisation_id: string | null
  readonly organisation_name: string | null
  readonly lead_user_id: string | null
  readonly lead_name: string | null
  readonly lead_mobile: string | null
  readonly position: number
}

export interface VersionRow {
  readonly id: string
  readonly plan_id: string
  readonly number: number
  readonly file_name: string
  readonly sha256: string
  readonly size: number
  readonly page_count: number
  readonly pages_sha256: string
  readonly note: string
  readonly site_code: string
  readonly state: VersionState
  readonly works: Work[]
  readonly chapters: PageRange[]
  readonly drawings: PageRange[]
  readonly uploaded_by: string
  readonly uploaded_by_name?: string
  readonly uploaded_at: Date
}

export type CheckStep =
  'writing' | 'contractor_review' | 'subcontractor_review' | 'supervision_review' | 'panel'

export interface CheckRow {
  readonly id: string
  readonly version_id: string
  readonly step: CheckStep
  readonly items: Tick[]
  readonly at: Date
}

export interface ApprovalRow {
  readonly id: string
  readonly version_id: string
  readonly step: ApprovalKind
  readonly decision: 'approve' | 'return'
  readonly by_user_id: string
  readonly organisation_id: string
  readonly signer_name: string
  readonly registration_number: string | null
  readonly reasons: string[]
  readonly scan_sha256: string | null
  readonly at: Date
}
