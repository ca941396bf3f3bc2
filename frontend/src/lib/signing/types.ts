export interface SignerRow {
  letter: string
  role: 'leader' | 'expert'
  name: string
  employer: string
  position: number
  me: boolean
  signedAt: string | null
}

type Verdict = 'PASS' | 'REVISE' | 'FAIL'

export interface ReportItem {
  place: string
  opinion: string
  basis: string
  sources: string
}

export interface Answers {
  complete: string
  calculation: string
  site: string
}

export type ReportFault = { code: string; field?: string; item?: string; expert?: string }

export interface Writing {
  planName: string
  overview: string
  answers: Answers
  revision: number
  savedAt: string
  most: number
  faults: ReportFault[]
  conclusion: Verdict
  document: {
    mustFix: ReportItem[]
    advice: ReportItem[]
    severeDefects: string[]
    conclusion: {
      text: string
      reason: string
      dissents: { name: string; opinion: string; reason: string }[]
    }
    experts: { letter: string; name: string; employer: string; role: 'leader' | 'expert' }[]
    meeting: { time: string; place: string; mode: string; survey: string }
    plan: { name: string; version: string; category: string; parameters: string }
  }
  building: string | null
}

export interface ReportDetail {
  id: string
  reviewId: string
  planId: string
  number: string
  code: string | null
  state: 'writing' | 'signing' | 'issued'
  conclusion: Verdict | null
  dueAt: string | null
  issuedAt: string | null
  planName: string
  edition: {
    number: number
    certifiedSha256: string
    certifiedAt: string
    headSha256: string
    size: number
    leaderLast: boolean
    mustFix: number
    advice: number
    dissents: number
  } | null
  signers: SignerRow[]
  refusals: { name: string; conclusion: Verdict; reason: string; at: string }[]
  writing: Writing | null
  mine: {
    signs: boolean
    leads: boolean
    reads: boolean
    certificate: { sha256: string; notAfter: string } | null
  }
}
