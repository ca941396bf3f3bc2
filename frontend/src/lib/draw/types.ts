/** What the server says of draws and invitations. Instants are ISO strings. */
export interface Word {
  code: string
  zh: string
  en: string
}
export interface Vocabulary {
  specialties: Word[]
  titles: Word[]
  categories: Word[]
  parties: Word[]
  grades: Word[]
}

export interface Picture {
  segments: { employer: number; at: number; size: number; pin: number | null }[]
  pins: { pin: number; seat: number; at: number }[]
  offset: number | null
  cap: number
  highest: number
  lowest: number
}

export interface Progress {
  number: string
  status: 'committed' | 'awaiting_witness' | 'completed'
  round: number
  algorithm: string
  level: 'L1' | 'L2'
  steps: {
    committedAt: string
    serverAt: string | null
    witnessSince: string | null
    witnessCode: string | null
    completedAt: string | null
  }
  pool: {
    library: number
    matched: number
    eligible: number
    employers: number
    excluded: { code: string; count: number }[]
  }
  fingerprints: {
    drawId: string
    planKey: string
    poolRoot: string
    rulesHash: string
    specHash: string
    serverKey: string
    witnessKey: string | null
    serverProof: string | null
    witnessProof: string | null
  }
  logIndex: number
  possibleSets: string | null
  picture: Picture
}

export interface SeatView {
  id: string
  seat: number
  pin: number | null
  rosterNo: string
  name: string
  employer: string
  title: string
  specialty: string
  isMain: boolean
  ticket: string
  state: string
  leftAs: string | null
  replacesSeat: number | null
  replacedBySeat: number | null
  refill: { status: 'queued' | 'logged' | 'unfilled'; outcome: string | null } | null
  invitedAt: string | null
  answerDueAt: string | null
  answeredAt: string | null
  reasonCode: string | null
  reason: string | null
  role: 'leader' | 'member' | 'alternate' | null
  letter: string | null
  inDefault: boolean
}

export interface Meeting {
  at: string
  mode: 'on_site' | 'remote'
  place: string
}

export interface DrawView extends Progress {
  id: string
  sight: 'host' | 'supervisor'
  vocabulary: Vocabulary
  plan: {
    id: string
    number: string
    name: string
    projectName: string
    place: string
    categories: string[]
    organiser: string
    agency: string | null
  }
  review: { id: string; number: string | null; state: string }
  mainSpecialty: string[]
  meeting: Meeting | null
  meetingProposedAt: string | null
  rules: {
    panelMinimum: number
    alternates: number
    answerHours: number
    opensHour: number
    closesHour: number
    daysBefore: number
    maximumReplacements: number
  }
  panelConfirmedAt: string | null
  panelIsDefault: boolean | null
  replacements: number
  seats: SeatView[]
}

export interface PublicDraw extends Progress {
  ended: boolean
  seats: { seat: number; ticket: string; replacesSeat: number | null }[]
}

export interface PanelCheck {
  rule: string
  code: string
  ok: boolean
  have: number
  need: number
}
export interface CheckedPanel {
  checks: PanelCheck[]
  ok: boolean
  isDefault: boolean
}

export interface DrawListItem {
  id: string
  number: string
  status: Progress['status']
  reviewState: string
  planNumber: string
  planName: string
  organiser: string
  committedAt: string
  meetingAt: string | null
  eligible: number
  accepted: number
  waiting: number
}
export interface ReadyPlan {
  reviewId: string
  planNumber: string
  planName: string
  projectName: string
}

export interface DrawPreview {
  drawId: string | null
  mayStart: boolean
  vocabulary: Vocabulary
  review: { id: string; number: string | null; state: string; round: number }
  plan: {
    number: string
    name: string
    projectName: string
    place: string
    organiser: string
    agency: string | null
  }
  tags: { main: { category: string; specialties: string[]; methods: string[] }[]; companions: string[] }
  grades: string[]
  listed: number
  pushed: number
  recentEmployerYears: number
  reviewsPerMonth: number
}

export interface InvitationListItem {
  seatId: string
  number: string
  planName: string
  projectName: string
  meetingAt: string | null
  mode: 'on_site' | 'remote' | null
  state: string
  invitedAt: string
  answerDueAt: string | null
}

export interface InvitationView {
  seatId: string
  vocabulary: Vocabulary
  number: string
  state: string
  role: string | null
  letter: string | null
  reasonCode: string | null
  plan: {
    name: string
    number: string
    projectName: string
    place: string
    works: { category: string; parameters: Record<string, number | boolean> }[]
    organiser: string
    agency: string | null
    parties: { kind: string; name: string | null }[]
  }
  reviewId: string
  reviewState: string
  meeting: Meeting | null
  invitedAt: string
  answerDueAt: string
  answeredAt: string | null
  specialty: string
  draw: {
    seat: number
    ticket: string
    rosterNo: string
    eligible: number
    employers: number
    replacement: boolean
    chance: { num: string; den: string }
  }
}
