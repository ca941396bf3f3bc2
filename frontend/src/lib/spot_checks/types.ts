export interface Scope {
  kind: 'concluded' | 'revision'
  category: string | null
  from: string
  to: string
}

export interface SpotCheckSummary {
  id: string
  number: string
  title: string
  scope: Scope
  count: number
  listed: number
  status: 'committed' | 'awaiting_witness' | 'completed'
  committedAt: string
  completedAt: string | null
}

export interface SpotCheckItem extends SpotCheckSummary {
  startedBy: string
  openInspections: number
}

export interface Sampled {
  number: string
  ticket: string
  reviewId: string | null
  planName: string
  projectName: string
  conclusion: string | null
  inspectionId: string | null
  closedAt: string | null
}

export interface SpotCheckView extends SpotCheckSummary {
  startedBy: string
  population: string[]
  steps: {
    committedAt: string
    serverAt: string | null
    witnessCode: string | null
    completedAt: string | null
  }
  fingerprints: {
    occasion: string
    root: string
    input: string
    serverKey: string
    witnessKey: string
    serverProof: string | null
    witnessProof: string | null
  }
  logIndex: number
  sampled: Sampled[]
}
