import type { Person, PlanVersion, RecordingState } from './events.ts'
import type { ItemFields, Question } from './operations.ts'
import type { ConclusionCode, OpinionFields, Phase, Seat, Stage } from './words.ts'

/** What one channel adds up to. Plain data: compared by hash, sent as a snapshot, kept in IndexedDB. */

/** Who turns the pages, what is shown, who asks to speak, what was written. One for the room, one for the panel's closed deliberation. */
export interface Floor {
  presenter: string | null
  versionId: string | null
  page: number
  /** User ids, in the order in which they asked. */
  hands: string[]
  chat: { messageId: string; userId: string; name: string; letter: string | null; text: string; at: string }[]
}

export interface RoomState {
  phase: Phase
  stage: Stage
  /** Why it is paused, or null. */
  pause: { because: string; reason: string | null; since: string } | null
  startedAt: string | null
  endedAt: string | null
  seats: Seat[]
  people: Record<string, Person & { since: string }>
  versions: PlanVersion[]
  floor: Floor
  recording: { state: RecordingState; since: string | null }
  /** Codes of the attendees that the regulation requires (MEET-2), and how each stands. */
  required: string[]
  attendees: Record<string, { name: string; delegate: boolean; waivedBecause: string | null }>
}

export interface OpinionEntry {
  opinionId: string
  seatId: string
  label: string
  fields: OpinionFields
  submittedAt: string
  itemId: string | null
  leftOut: { reason: string; answer: { agree: boolean; reason: string | null } | null } | null
  /** Only of a severe defect (CONC-3). `stands` false once withdrawn or reclassified by all. */
  defect: {
    code: string | null
    stands: boolean
    withdrawal: { page: number; reason: string; at: string } | null
    proposal: { to: 'must_fix' | 'advice'; page: number; reason: string; agreed: string[] } | null
  } | null
}

export interface ItemEntry {
  itemId: string
  fields: ItemFields
  defect: string | null
  text: string
  /** Grows with each change that makes votes void. */
  revision: number
  opinionIds: string[]
  /** By seat; only votes on this revision are here. */
  votes: Record<string, { vote: 'confirm' | 'object'; reason: string | null; at: string }>
}

export interface PanelState {
  opinions: Record<string, OpinionEntry>
  /** Seats that have handed in; with the reason of those who have none. */
  complete: Record<string, string | null>
  /** In the order of their numbers: the first is item 1. */
  items: ItemEntry[]
  judgements: Record<Question, string>
  conclusion: {
    proposed: { conclusion: ConclusionCode; reasons: string } | null
    votes: Record<string, { conclusion: ConclusionCode; reason: string | null; at: string }>
    fixed: {
      conclusion: ConclusionCode
      reasons: string
      dissent: { seatId: string; reason: string }[]
      at: string
    } | null
  }
  scribes: string[]
  /** Whom the members name while the leader is absent: by seat of the member. */
  named: Record<string, string>
  /** The floor of the closed deliberation. */
  floor: Floor
}

export interface OwnState {
  drafts: Record<string, { fields: OpinionFields; savedAt: string }>
  /** Handed in; they show in the panel's part as well once they are revealed. */
  sealed: Record<string, { label: string; fields: OpinionFields; at: string }>
  complete: { nothingBecause: string | null } | null
}

export interface Parts {
  room: RoomState
  panel: PanelState
  own: OwnState
}

const emptyFloor = (): Floor => ({ presenter: null, versionId: null, page: 1, hands: [], chat: [] })

/** What every part is before its first event. */
export const EMPTY: { readonly [C in keyof Parts]: () => Parts[C] } = {
  room: () => ({
    phase: 'pre_review',
    stage: 'sign_in',
    pause: null,
    startedAt: null,
    endedAt: null,
    seats: [],
    people: {},
    versions: [],
    floor: emptyFloor(),
    recording: { state: 'off', since: null },
    required: [],
    attendees: {},
  }),
  panel: () => ({
    opinions: {},
    complete: {},
    items: [],
    judgements: { complete: '', calculations: '', site: '' },
    conclusion: { proposed: null, votes: {}, fixed: null },
    scribes: [],
    named: {},
    floor: emptyFloor(),
  }),
  own: () => ({ drafts: {}, sealed: {}, complete: null }),
}
