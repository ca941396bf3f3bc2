export interface Work {
  category: string
  parameters: Record<string, number | boolean>
  context: { neighbour?: string; distance_m?: number }
}

export interface Ground {
  id: string
  clause: string
  clause_en: string
  text: string
  text_en: string
  parameter: string | null
  value: number | boolean | null
  unit: string | null
  bound: number | null
}

export interface Assessment {
  category: string
  hazardous: boolean
  review_required: boolean
  grounds: Ground[]
  reminders: { code: string; clause: string | null; text: string; text_en: string }[]
}

export interface FailedAssessment {
  category: string | null
  error: {
    code: string
    parameters: string[]
    details?: { parameter: string; reason: string; minimum?: number; maximum?: number }[]
  }
}

export interface Named {
  code: string
  zh: string
  en: string
}

export interface CategoryWords extends Named {
  drawings: Named[]
  defectGroups: string[]
  parameters: string[]
  bounds: Record<'hazardous' | 'reviewRequired', { parameter: string; at_least: number }[]>
}

export interface ParameterWords {
  name: string
  kind: 'number' | 'boolean'
  unit?: string
  minimum?: number
  maximum?: number
  zh: string
  en: string
  note?: { zh: string; en: string }
}

export interface Vocabulary {
  categories: CategoryWords[]
  parameters: ParameterWords[]
  parties: (Named & { may_be_pending: boolean })[]
  chapters: (Named & { number: number })[]
  severeDefects: {
    group: string
    zh: string
    en: string
    every_plan: boolean
    items: { code: string; zh: string }[]
  }[]
  reviewKinds: Named[]
}

export interface PageRange {
  code: string
  from: number
  to: number
}

export interface Tick {
  item: string
  state: 'none' | 'present' | 'not_applicable'
  page: number | null
}

export type ApprovalKind = 'contractor' | 'subcontractor' | 'supervision'

export interface Approval {
  kind: ApprovalKind
  decision: 'approve' | 'return'
  signer: string
  registrationNumber: string | null
  reasons: string[]
  scanned: boolean
  at: string
}

export interface Version {
  id: string
  number: number
  fileName: string
  sha256: string
  size: number
  pageCount: number
  note: string
  siteCode: string
  state: 'draft' | 'self_checked' | 'contractor_reviewed' | 'approved' | 'returned' | 'superseded'
  works: Work[]
  chapters: PageRange[]
  drawings: PageRange[]
  uploadedBy: string
  uploadedAt: string
  approvals: Approval[]
  checks: { step: string; items: Tick[]; at: string }[]
}

export interface Lack {
  code: string
  at: 'data' | 'works' | 'parties' | 'version' | 'chapters' | 'defects'
  params: Record<string, any>
}

export interface Party {
  role: string
  organisation: { id: string; name: string } | null
  pending: boolean
  lead: { name: string; mobileMasked: string } | null
}

export interface PlanDetail {
  id: string
  number: string
  name: string
  projectName: string
  projectPlace: string
  permit: string
  part: string
  summary: string
  reviewKind: string
  voluntaryReason: string | null
  bySubcontractor: boolean
  meetingProposedAt: string | null
  assessment: Assessment[] | null
  hazardous: boolean | null
  reviewRequired: boolean | null
  assessedAt: string | null
  implementableVersionId: string | null
  createdAt: string
  organisation: { id: string; name: string }
  agency: { id: string; name: string } | null
  works: Work[]
  parties: Party[]
  versions: Version[]
  review: {
    id: string
    number: string | null
    round: number
    state: string
    stateSince: string
    reviewRequired: boolean
    conclusion: string | null
    history: {
      from: string
      to: string
      event: string
      by: string | null
      as: string
      reason: string | null
      at: string
    }[]
  }
  lacks: Lack[]
  met: number
  openApprovals: { kind: ApprovalKind; organisation: string | null; person: string | null; since: string }[]
  schedule: {
    supervisionDoneBy: string
    drawOn: string
    deliverBy: string
    meetingAt: string
    fileBy: string
  } | null
  receipt: { index: number; leafHash: string } | null
  mine: {
    edits: boolean
    contentOpen: boolean
    uploads: boolean
    approves: ApprovalKind | null
    reviewer: ApprovalKind | null
    hosts: 'organiser' | 'agency' | null
    submits: boolean
    /** A further round, after 不通过. */
    begins: boolean
    sees: 'drafts' | 'handed_over'
  }
}

export interface PlanListItem {
  id: string
  number: string
  name: string
  projectName: string
  organisation: string
  categories: string[]
  hazardous: boolean | null
  reviewRequired: boolean | null
  state: string
  stateSince: string
  version: number | null
}
