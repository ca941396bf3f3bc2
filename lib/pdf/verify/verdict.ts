import type { RevocationList } from '../../pki/revocation_list_read.ts'
import type { Finding } from './findings.ts'

export type Verdict = 'genuine' | 'not_genuine' | 'consistent_unknown_signer' | 'unreadable'

export type VerifiedSignature = {
  field: string
  role: 'seal' | 'expert'
  /** From 1, the certified revision. */
  revision: number
  signerName: string
  rosterNumber: string
  issuerName: string
  /** The timestamp's time, ISO 8601 in UTC. */
  time: string | undefined
  level: 'B-B' | 'B-T'
  /** Codes of the checks that failed; none means valid. */
  failures: Finding['code'][]
}

export type VerifiedRevision = {
  revision: number
  field: string | undefined
  time: string | undefined
  allowed: boolean
  end: number
}

export type ReportVerdict = {
  verdict: Verdict
  signatures: VerifiedSignature[]
  revisions: VerifiedRevision[]
  findings: Finding[]
  /** SHA-256 of the certified revision: the report's fingerprint, whoever has signed since. */
  certifiedDigest: string | undefined
  fileDigest: string
  /** Length in bytes of the newest revision before anything that is not allowed; 0 when there is none. */
  intactLength: number
}

export type VerifyOptions = {
  /** Accept a report that not everybody has signed yet. */
  allowIncomplete?: boolean
  /** Revocation lists, already checked against their issuers. */
  revocations?: readonly RevocationList[]
}
