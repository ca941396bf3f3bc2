export type ExpertStatus =
  'applied' | 'in_review' | 'in_publicity' | 'listed' | 'suspended' | 'expired' | 'removed'

/** One employer, with civil days (YYYY-MM-DD); `until` null while it lasts. */
export interface Employment {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly from: string
  readonly until: string | null
  /** Retired from there: goes on counting as an employer. */
  readonly retiredFrom: boolean
}

/** Days on which an expert takes no review, both included. */
export interface Leave {
  readonly id: string
  readonly from: string
  readonly until: string
  readonly reason: string
}

/** Why an expert has an interest in a company without being employed there. */
export const INTEREST_KINDS = ['relative', 'business', 'advised', 'other'] as const
export type InterestKind = (typeof INTEREST_KINDS)[number]

/** An interest in a company, declared ahead of any draw (DRAW-5); `until` null while it lasts. */
export interface Interest {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly kind: InterestKind
  readonly note: string
  readonly from: string
  readonly until: string | null
}

/** An expert of the library (REG-3) as the draw and the panel see them. */
export interface Expert {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly rosterNo: string
  readonly status: ExpertStatus
  readonly grade: string
  readonly title: string
  readonly position: string
  readonly certificateNo: string
  /** The main one first. */
  readonly specialties: readonly string[]
  readonly methodTags: readonly string[]
  readonly categories: readonly string[]
  readonly termFrom: string
  readonly termUntil: string
  /** The centre's cap on reviews a month. */
  readonly monthlyCap: number
  /** A lower one that the expert asks for. */
  readonly ownMonthlyCap: number | null
  readonly birthYear: number | null
  /** The city whose library the expert belongs to; null: this one. */
  readonly homeCity: string | null
  readonly revision: number
  /** The latest first. */
  readonly employments: readonly Employment[]
  /** Not taken back, the earliest first. */
  readonly leaves: readonly Leave[]
  readonly interests: readonly Interest[]
}

/** What is known of an expert on the day they are listed. */
export interface NewExpert {
  readonly name: string
  readonly mobile: string
  readonly password?: string
  readonly rosterNo: string
  readonly status: ExpertStatus
  readonly grade: string
  readonly title: string
  readonly position: string
  readonly certificateNo: string
  readonly specialties: readonly string[]
  readonly methodTags: readonly string[]
  readonly categories: readonly string[]
  readonly termFrom: string
  readonly termUntil: string
  readonly monthlyCap: number
  readonly birthYear?: number | null
  readonly homeCity?: string | null
  readonly leaves?: readonly { from: string; until: string }[]
  readonly employments: readonly {
    employer: string
    from: string
    until: string | null
    retiredFrom?: boolean
  }[]
}
