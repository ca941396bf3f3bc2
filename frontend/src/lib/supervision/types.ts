export type Fact =
  | { code: 'short'; minutes: number; median: number }
  | { code: 'no_opinions' | 'not_recorded' }
  | { code: 'same_opinions' | 'pauses' | 'members_lost' | 'recording_breaks'; count: number }

export interface ReviewRow {
  reviewId: string
  number: string | null
  round: number
  planName: string
  projectName: string
  mode: string
  state: string
  conclusion: string | null
  startedAt: string
  minutes: number | null
  opinions: number
  items: number
  inspections: number
  findings: number
  facts: Fact[]
}

export interface ReviewDetail {
  reviewId: string
  number: string | null
  round: number
  state: string
  conclusion: string | null
  planId: string
  planName: string
  projectName: string
  mode: string
  place: string
  startedAt: string | null
  endedAt: string | null
  recording: { finishedAt: string | null; keptUntil: string | null } | null
  draw: { id: string; number: string } | null
  openInspection: string | null
  inspections: {
    id: string
    number: string
    reason: string
    openedBy: string
    openedAt: string
    closedAt: string | null
    findings: number
  }[]
  openings: { id: string; at: string; number: string; by: string }[]
}

export interface Look {
  id: string
  kind: 'contact' | 'recording'
  at: string
  by: string
  capacity: string | null
  organisation: string | null
  subject: string | null
  purpose: string
  inspection: string | null
  plan: string | null
}
