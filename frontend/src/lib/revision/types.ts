export interface FilingStanding {
  state: 'open' | 'late' | 'complete' | 'complete_late'
  missing: string[]
  dueAt: string
  meetingEndedAt: string
  provisional: boolean
  completedAt: string | null
  parts: { part: string; at: string | null }[]
}

export type ImageKind = 'photograph' | 'sign_in_sheet'

export interface FilingImage {
  id: string
  kind: ImageKind
  width: number
  height: number
  size: number
  caption: string
  at: string
}

interface Head {
  review: { id: string; number: string | null; state: string; conclusion: 'PASS' | 'REVISE' | 'FAIL' | null }
  plan: { id: string; number: string; name: string; projectName: string }
}

export interface FilingView extends Head, FilingStanding {
  report: { id: string; code: string; state: string } | null
  images: FilingImage[]
  mine: { files: boolean }
}

export interface Item {
  id: string
  kind: 'must_fix' | 'advice'
  number: number
  place: string
  text: string
  basis: string
}

export interface Answer {
  taken: boolean | null
  change: string
  page: number | null
  reason: string
}

export interface SavedAnswer extends Answer {
  revision: number
  by: string
  savedAt: string
}

export interface Judgement {
  agrees: boolean | null
  reason: string
}

export interface Fault {
  code: string
  item?: string
}

export interface VersionHead {
  id: string
  number: number
  sha256: string
  pageCount: number
  state: string
  siteCode: string
  uploadedAt: string
}

export interface Opinion {
  decision: 'agree' | 'send_back'
  text: string
  judged: Record<string, Judgement>
  by: string
  at: string
}

export interface Submission {
  number: number
  version: VersionHead | null
  answers: Record<string, Answer>
  by: string
  at: string
  dueAt: string | null
  opinion: Opinion | null
}

export interface RevisionView extends Head {
  report: { id: string; code: string; issuedAt: string | null; sha256: string | null }
  leader: { name: string }
  filing: FilingStanding | null
  due: { answers: string | null; check: string | null }
  items: Item[]
  /** Answers in work: the contractor's own only. */
  answers: Record<string, SavedAnswer> | null
  faults: Fault[] | null
  versions: { reviewed: VersionHead; revised: VersionHead | null; implementable: VersionHead | null }
  submissions: Submission[]
  draft: { text: string; judged: Record<string, Judgement>; revision: number; savedAt: string | null } | null
  mine: { answers: boolean; submits: boolean; judges: boolean }
}

export interface RevisionListItem {
  reviewId: string
  number: string | null
  state: string
  stateSince: string
  conclusion: string | null
  plan: { number: string; name: string; projectName: string }
  filing: { missing: string[]; state: FilingStanding['state']; dueAt: string }
  opened: boolean
  dueAt: string | null
}
