export type ExpertStatus =
  'applied' | 'in_review' | 'in_publicity' | 'listed' | 'suspended' | 'expired' | 'removed'

/** One employer, with civil days (YYYY-MM-DD); `until` null while it lasts. */
export interface Employment {
  readonly organisationId: string
  readonly name: string
  readonly groupName: string | null
  readonly from: string
  readonly until: string | null
  /** Retired from there: goes on counting as an employer. */
  readonly retiredFrom: boolean
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
  readonly monthlyCap: number
  readonly birthYear: number | null
  readonly leaveFrom: string | null
  readonly leaveUntil: string | null
  readonly employments: readonly Employment[]
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
  readonly leaveFrom?: string | null
  readonly leaveUntil?: string | null
  readonly employments: readonly {
    employer: string
    groupName?: string | null
    from: string
    until: string | null
    retiredFrom?: boolean
  }[]
}
