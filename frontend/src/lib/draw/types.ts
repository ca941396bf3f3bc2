/** What the server says of a draw to those who run, watch or read it. Instants are ISO strings. */
import type { Receipt } from '@shared/ledger/receipt.ts'
import type { Picture } from './picture_types.ts'

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
