import type { OwnProof } from '@shared/draw/check_own_place.ts'
import type { Receipt } from '@shared/ledger/receipt.ts'

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
  cities: Word[]
  /** Steps by which a pool is widened. */
  widening: Word[]
}

interface Chances {
  cap: number
  highest: number
  lowest: number
  /** Decimal text, since it passes what a number holds. */
  possibleSets: string
}

/** Where caps alone decide, a ruler; with quotas, rounding steps. */
export type Picture = Chances & (RulerPicture | RoundingPicture)

export interface RulerPicture {
  by: 'ruler'
  segments: { employer: number; at: number; size: number; pin: number | null }[]
  pins: { pin: number; seat: number; at: number }[]
  offset: number | null
}

export interface PictureSpecialty {
  /** Several main ones joined by "+". */
  specialty: string
  isMain: boolean
  min: number
  max: number
  experts: number
  employers: number
  expected: number
  highest: number
  lowest: number
  drawn: number | null
  seats: number[]
}
export interface PictureCell {
  employer: number
  specialty: string
  experts: number
  chance: { num: string; den: string }
  drawn: number | null
}
export interface PictureStep {
  step: number
  grew: { employer: number; specialty: string }[]
  shrank: { employer: number; specialty: string }[]
  by: number
  chance: number
  drawn: number
  limit: number
  first: boolean
}
export interface RoundingPicture {
  by: 'rounding'
  specialties: PictureSpecialty[]
  /** Empty for the public until the meeting has ended. */
  cells: PictureCell[]
  steps: PictureStep[]
}

/** A pool that did not suffice, and by which numbers. */
export interface FailedAttempt {
  step: string | null
  matched: number
  eligible: number
  error: AttemptError
}
export type AttemptError =
  | { code: 'pool_too_small'; eligible: number; need: number }
  | { code: 'caps_infeasible'; maxPerEmployer: number; reachable: number; need: number }
  | {
      code: 'quotas_infeasible'
      bound: 'min' | 'max'
      maxPerEmployer: number
      need: number
      reachable: number
      specialties: { specialty: string; min: number; max: number; eligible: number; reachable: number }[]
    }
  | { code: 'too_few_sets'; sets: string; need: string }
  | { code: 'too_many_specialties'; specialties: number; limit: number }

/** A round of the beacon: known before it is out. */
export interface AwaitedRound {
  round: number
  due: string
  /** Why it is not there although it is due. */
  code: string | null
}

/** Level L3: the public beacon beside both parties. */
export interface Beacon {
  chain: string
  publicKey: string
  isQuicknet: boolean
  delaySeconds: number
  hosts: string[]
  awaited: (AwaitedRound & { time: string; logIndex: number; url: string | null }) | null
  signature: string | null
  /** What of it goes into the seed. */
  value: string | null
}

export interface Progress {
  vocabulary: Vocabulary
  number: string
  status: 'committed' | 'awaiting_witness' | 'awaiting_beacon' | 'completed'
  round: number
  algorithm: string
  level: 'L1' | 'L2' | 'L3'
  steps: {
    committedAt: string
    serverAt: string | null
    witnessSince: string | null
    witnessCode: string | null
    /** When the witness had answered, at level L3. */
    answeredAt: string | null
    completedAt: string | null
  }
  beacon: Beacon | null
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
  /** Pools that did not suffice before the one drawn from. */
  attempts: FailedAttempt[]
  /** Steps by which it was widened. */
  widening: string[]
  logIndex: number
  receipt: Receipt
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
  refill: {
    status: 'queued' | 'logged' | 'unfilled'
    outcome: string | null
    awaited: AwaitedRound | null
  } | null
  invitedAt: string | null
  answerDueAt: string | null
  answeredAt: string | null
  reasonCode: string | null
  reason: string | null
  role: 'leader' | 'member' | 'alternate' | null
  letter: string | null
  inDefault: boolean
  calls: CallView[]
  /** Open to the reader, for a purpose and until then. */
  contact: OpenContact | null
}

export interface OpenContact {
  mobile: string
  purpose: string
  until: string
}

export type CallOutcome =
  'no_answer' | 'busy' | 'switched_off' | 'wrong_number' | 'said_accepts' | 'said_declines' | 'said_interest'

export interface CallView {
  id: string
  at: string
  outcome: CallOutcome
  reasonCode: string | null
  note: string
  by: string
  organisation: string | null
  response: string | null
  responseNote: string | null
  respondedAt: string | null
}

export interface Meeting {
  at: string
  mode: 'on_site' | 'remote'
  place: string
}

export interface DrawView extends Progress {
  id: string
  sight: 'host' | 'supervisor'
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
    calls: number
    callMinutesApart: number
    contactHours: number
  }
  panelConfirmedAt: string | null
  panelIsDefault: boolean | null
  mayCall: boolean
  replacements: number
  /** For whoever watches: other draws under the permit. */
  samePermit: {
    id: string
    number: string
    round: number
    part: string
    categories: string[]
    failed: boolean
  }[]
  seats: SeatView[]
}

export interface PublicDraw extends Progress {
  answerHours: number
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
  waitsForCentre: boolean
}

export interface DrawPreview {
  drawId: string | null
  mayStart: boolean
  /** The centre has yet to say whether the plan is an earlier one. */
  waitsForCentre: boolean
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
  /** The main specialty first. */
  quotas: { specialty: string; min: number; max: number }[]
  maxPerEmployer: number
  widening: { step: string; specialties: string[]; cities: string[] }[]
  grades: string[]
  listed: number
  pushed: number
  recentEmployerYears: number
  reviewsPerMonth: number
}

/** A panel as the log tells it, by seats. */
export interface ConfirmedPanel {
  id: string
  number: string
  plan: string
  logIndex: number
  confirmedAt: string
  isDefault: boolean
  first: number[] | null
  chosen: number[]
  /** Of the first five, who was not to be had any more. */
  gone: number[]
}
export interface HostChoices {
  host: string
  panels: ConfirmedPanel[]
  departures: number
}

/** A look at one's contact data. */
export interface Look {
  id: string
  at: string
  until: string | null
  purpose: string
  by: string
  organisation: string | null
}

/** A draw in whose pool one stood. */
export interface OwnDrawItem {
  id: string
  number: string
  status: Progress['status']
  categories: string[]
  committedAt: string
  excluded: string[]
  seat: number | null
  state: string | null
}

export interface Fraction {
  num: string
  den: string
}

export interface OwnDraw {
  vocabulary: Vocabulary
  id: string
  number: string
  status: Progress['status']
  categories: string[]
  committedAt: string
  completedAt: string | null
  pool: { matched: number; eligible: number; employers: number }
  rosterNo: string
  specialty: string
  isMain: boolean
  cameBy: { step: string; from: string } | null
  excluded: string[]
  chance: Fraction | null
  outcome:
    | {
        by: 'cell'
        drawn: boolean
        ticket: string
        cellTicket: string
        /** Null while it would tell of others, as `taken` and `firstPin`. */
        place: number | null
        experts: number
        taken: number | null
      }
    | { by: 'ruler'; drawn: boolean; ticket: string; from: Fraction; to: Fraction; firstPin: Fraction | null }
    | null
  replacements: { number: number; seat: number; candidates: number; ticket: string; place: number }[]
  seat: {
    seatId: string
    seat: number
    state: string
    replacesSeat: number | null
    reasonCode: string | null
    invitedAt: string | null
    answerDueAt: string | null
    answeredAt: string | null
    calls: CallView[]
  } | null
  looks: Look[]
  beacon: Beacon | null
  proof: OwnProof & { logIndex: number }
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
  calls: CallView[]
  looks: Look[]
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
