import type { BundleCheckCode } from '../bundle/checks.ts'
import type { DrawCheckCode } from '../draw/verify_evidence.ts'
import type { LedgerCheckCode } from '../ledger/verify_folder.ts'
import type { YearCheckCode } from '../draw/fairness/verify_signed_year.ts'
import type { SpotCheckCode } from '../draw/verify_spot_check.ts'
import type { FindingCode } from '../pdf/verify/findings.ts'
import type { Extent } from './extents.ts'
import { reasonOf, type Text } from './texts.ts'

export type Verdict = 'genuine' | 'not_genuine' | 'consistent_unknown_signer' | 'unreadable'

/** What is said of an input as such, beside what the verifiers of its kind say. */
export type InputCode =
  'nothing_there' | 'not_readable' | 'unknown_kind' | 'zip_refused' | 'signature' | 'root_trusted'
export type StepCode =
  BundleCheckCode | DrawCheckCode | SpotCheckCode | YearCheckCode | FindingCode | LedgerCheckCode | InputCode

/** One step of a verification. Codes are stable; `detail` names the place, in no language. */
export interface Step {
  readonly code: StepCode
  readonly ok: boolean
  readonly detail: string | null
  /** What the check does, in both languages; null where its name says all. */
  readonly what: Text | null
  /** The bytes it was done on. */
  readonly on: readonly Extent[]
}

export interface Verified {
  readonly input: string
  readonly kind:
    'bundle' | 'draw_evidence' | 'spot_check_evidence' | 'year_of_draws' | 'report_pdf' | 'ledger' | 'unknown'
  readonly verdict: Verdict
  readonly steps: readonly Step[]
}

const CODES: Record<Verdict, number> = {
  genuine: 0,
  not_genuine: 1,
  consistent_unknown_signer: 1,
  unreadable: 2,
}

/** The worst of all: 0 genuine, 1 not, 2 unreadable. */
export function exitCode(results: readonly Verified[]): number {
  return Math.max(...results.map(({ verdict }) => CODES[verdict]))
}

/** One result as `--json` prints it: each step that failed with its reason in both languages. */
export function asJson(verified: Verified) {
  const steps = verified.steps.map(({ what, ...step }) => {
    return { ...step, what: what && { zh: what[0], en: what[1] }, reason: reasonOf(step) }
  })
  return { ...verified, steps }
}
