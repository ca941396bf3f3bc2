/** What the server says of experts in the library. Days are YYYY-MM-DD, instants ISO. */
export interface Word {
  code: string
  zh: string
  en: string
}
export interface Vocabulary {
  specialties: Word[]
  methods: (Word & { specialties: string[] })[]
  grades: Word[]
  titles: Word[]
  categories: Word[]
  cities: Word[]
}

export type Standing = 'listed' | 'ending' | 'on_leave' | 'suspended' | 'expired' | 'removed'

export interface ListedExpert {
  id: string
  rosterNo: string
  name: string
  employer: string
  grade: string
  title: string
  specialties: string[]
  methods: string[]
  termUntil: string
  standing: Standing
  inMonth: number
  cap: number
}
export interface LibraryPage {
  vocabulary: Vocabulary
  page: number
  pageSize: number
  total: number
  standings: Partial<Record<Standing, number>>
  experts: ListedExpert[]
}

export interface Employment {
  id: string
  name: string
  from: string
  until: string | null
  retiredFrom: boolean
}
export interface Leave {
  id: string
  from: string
  until: string
  reason: string
}
export interface Interest {
  id: string
  name: string
  kind: string
  note: string
  from: string
  until: string | null
}
export interface Change {
  id: string
  what: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  reason: string
  document: string | null
  own: boolean
  by: string | null
  at: string
}

export interface ExpertRecord {
  vocabulary: Vocabulary
  today: string
  id: string
  revision: number
  name: string
  mobile: string
  rosterNo: string
  certificateNo: string
  status: string
  grade: string
  title: string
  position: string
  specialties: string[]
  methods: string[]
  homeCity: string | null
  term: { from: string; until: string }
  renewal: { from: string; until: string } | null
  caps: { inMonth: number; effective: number; regulation: number; centre: number; own: number | null }
  recentYears: number
  employments: Employment[]
  leaves: Leave[]
  interests: Interest[]
  changes: Change[]
}

export interface ExpertService {
  places: { drawId: string; number: string; plan: string; state: string; meetingAt: string | null }[]
  earlier: {
    id: string
    plan: { permit: string; part: string; categories: string[] } | null
    organiser: string
    agency: string | null
    meetingDay: string
  }[]
}

export interface CompanyGroup {
  id: string
  name: string
  members: { id: string; company: string; from: string | null; until: string | null }[]
}

/** Where the forms of a record are sent, and who fills them in. */
export interface Desk {
  /** `/api/own-record`, or the office's address of one expert. */
  base: string
  /** The centre keeps everything, the expert leave, own cap and interests; others look. */
  hand: 'centre' | 'expert' | 'none'
  revision: number
  saved: () => Promise<void>
}
