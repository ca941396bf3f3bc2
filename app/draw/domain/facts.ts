/** What the rules of the draw need to know of an expert and of the plan. Days are YYYY-MM-DD, local. */
export type Employment = {
  employer_id: string
  /** As it stands in the expert's own record. */
  name: string
  /** The group of companies, where it is known. */
  group_id: string | null
  from: string
  /** Null while it lasts. */
  until: string | null
  /** A retired expert's former employer goes on counting (REG-3). */
  retired_from: boolean
}

export type ExpertFacts = {
  id: string
  state: 'applied' | 'in_review' | 'in_publicity' | 'listed' | 'suspended' | 'expired' | 'removed'
  term_until: string
  birth_year: number | null
  grade: string
  specialties: readonly string[]
  methods: readonly string[]
  employments: readonly Employment[]
  leaves: readonly { from: string; until: string }[]
  /** Reviews of the month of the meeting in which this expert already has a place. */
  reviews_in_month: number
  /** Reviews of this same plan (renamed and submitted again included) in which they had a place. */
  earlier_reviews: readonly { organiser_id: string; agency_id: string | null }[]
  declared_interest: boolean
}

export type Work = { category: string; parameters: Readonly<Record<string, number | boolean>> }

export type DrawFacts = {
  works: readonly Work[]
  organiser_id: string
  agency_id: string | null
  parties: readonly { kind: string; organisation_id: string; group_id: string | null }[]
  meeting_day: string
}

/** Why an expert can't be drawn or sit; goes into the committed list of the excluded. */
export type Exclusion = {
  rule: string
  code: string
  detail?: string
  /** Which of the expert's own employers it follows from. */
  employer?: string
}
