import type { Receipt } from '@shared/ledger/receipt.ts'
import type { ReportVerdict } from '../../../../lib/pdf/verify_report_pdf.ts'

/** What the platform has on record of an issued report. */
export interface PublicReport {
  code: string
  number: string
  round: number
  projectName: string
  planName: string
  planVersion: string
  conclusion: 'PASS' | 'REVISE' | 'FAIL'
  meeting: { time: string; mode: string }
  issuedAt: string
  site: { implementable: boolean } | null
  certifiedSha256: string
  fileSha256: string
  certifiedAt: string
  signatures: { letter: string; role: 'leader' | 'expert'; name: string; employer: string; at: string }[]
  demonstration: boolean
  receipt: Receipt | null
}

export type Standing = 'issued' | 'earlier_revision' | 'superseded' | 'not_issued' | 'unknown' | 'not_reached'

/** A file judged on this device, and what the platform says of its fingerprint. */
export interface Judged {
  name: string
  size: number
  verdict: ReportVerdict
  bytes: Uint8Array<ArrayBuffer>
  seconds: number
  /** ISO, machine time of this device. */
  at: string
  standing: Standing
  report: PublicReport | null
}
