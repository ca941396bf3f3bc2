import type { Regulation } from '#core/regulation/types'
import type { Receipt } from '#lib/ledger/receipt'
import type { Conclusion } from '#reviews/public'
import type { DrawFacts, MeetingFacts } from '#reports/sources'
import type { Answers } from '#reports/models/rows'
import type { WorkOfPlan } from '#reports/assembly/plan_words'

/** Everything that the report is set from, as plain data. */
export interface ReportFacts {
  readonly number: string
  readonly round: number
  readonly code: string
  readonly publicUrl: string
  readonly at: Date
  readonly regulation: Regulation
  readonly overview: string
  readonly answers: Answers
  readonly plan: {
    readonly name: string
    readonly projectName: string
    readonly projectPlace: string
    readonly permit: string
    readonly works: readonly WorkOfPlan[]
    readonly assessment: { works: readonly { grounds: readonly { clause: string }[] }[] } | null
    readonly version: { readonly number: number; readonly pages: number; readonly sha256: string }
    readonly contractorReviewedAt: Date | null
    readonly supervisorReviewedAt: Date | null
  }
  readonly parties: readonly {
    readonly role: string
    readonly name: string | null
    readonly lead: string | null
  }[]
  readonly organiser: string
  readonly agency: string | null
  readonly meeting: MeetingFacts
  readonly draw: DrawFacts | null
  /** Of the review's latest entry in the ledger. */
  readonly receipt: Receipt | null
  /** Refusals to sign earlier editions: each stands as a dissent (CONC-1). */
  readonly refusals: readonly {
    readonly name: string
    readonly conclusion: Conclusion
    readonly reason: string
  }[]
}
