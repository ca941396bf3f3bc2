import type { ItemFields, Question } from './operations.ts'
import type { ConclusionCode, OpinionFields, OpinionKind, Phase, RoomRole, Seat, Stage } from './words.ts'

export interface Person {
  readonly userId: string
  readonly name: string
  readonly role: RoomRole
  readonly letter: string | null
  readonly organisation: string | null
}

export interface PlanVersion {
  readonly versionId: string
  readonly number: number
  readonly pages: number
}

export interface RevealedOpinion {
  readonly opinionId: string
  readonly seatId: string
  /** As E2: the author's letter and the author's count. */
  readonly label: string
  readonly fields: OpinionFields
  readonly submittedAt: string
}

export type RecordingState = 'starting' | 'recording' | 'reconnecting' | 'unavailable' | 'off'

/** What happened, as each channel tells it. Events are facts: clients apply them without judging. */
export interface EventData {
  /* room */
  'meeting.opened': {
    seats: Seat[]
    versions: PlanVersion[]
    versionId: string
    presenter: string
    required: string[]
  }
  'phase.changed': {
    phase: Phase
    stage: Stage
    because: 'leader' | 'quorum' | 'host' | 'program'
    reason: string | null
  }
  'stage.changed': { stage: Stage }
  'person.joined': Person
  'person.left': { userId: string }
  'person.changed': Person
  'seats.changed': { seats: Seat[]; because: 'alternate' | 'elected' | 'lost'; reason: string | null }
  'recording.changed': { state: RecordingState }
  'attendee.checked': { code: string; name: string; delegate: boolean }
  'attendee.waived': { code: string; reason: string }

  /* room, or panel while the deliberation is closed */
  'page.turned': { versionId: string; page: number }
  'presenter.changed': { userId: string }
  'hand.raised': { userId: string }
  'hand.lowered': { userId: string }
  'chat.said': { messageId: string; userId: string; name: string; letter: string | null; text: string }

  /* own */
  'draft.saved': { opinionId: string; fields: OpinionFields }
  'draft.discarded': { opinionId: string }
  'opinion.sealed': { opinionId: string; label: string }
  'own.complete': { nothingBecause: string | null }

  /* panel */
  'opinion.revealed': RevealedOpinion
  'seat.complete': { seatId: string; nothingBecause: string | null }
  'opinion.left_out': { opinionId: string; reason: string }
  'opinion.taken_back': { opinionId: string }
  'opinion.answered': { opinionId: string; agree: boolean; reason: string | null }
  'defect.withdrawn': { opinionId: string; page: number; reason: string }
  'defect.proposed': {
    opinionId: string
    to: 'must_fix' | 'advice'
    page: number
    reason: string
    seatId: string
  }
  'defect.agreed': { opinionId: string; seatId: string }
  /** It stands no longer: its author has withdrawn it, or every member agreed. */
  'defect.settled': { opinionId: string; kind: OpinionKind }
  'item.created': {
    itemId: string
    position: number
    fields: ItemFields
    defect: string | null
    text: string
    doc: string
    opinionIds: string[]
  }
  'item.sources': { itemId: string; opinionIds: string[]; kind: OpinionKind; defect: string | null }
  'item.removed': { itemId: string }
  'item.moved': { itemId: string; position: number }
  'item.set': { itemId: string; set: Partial<ItemFields> }
  'item.text': { itemId: string; update: string; text: string; userId: string }
  'item.voted': {
    itemId: string
    seatId: string
    vote: 'confirm' | 'object'
    reason: string | null
    revision: number
  }
  'judgement.set': { question: Question; text: string }
  'conclusion.proposed': { conclusion: ConclusionCode; reasons: string }
  'conclusion.voted': { seatId: string; conclusion: ConclusionCode; reason: string | null }
  'conclusion.fixed': {
    conclusion: ConclusionCode
    reasons: string
    dissent: { seatId: string; reason: string }[]
  }
  'leader.named': { seatId: string; by: string }
  'scribe.admitted': { userId: string }
  'scribe.dismissed': { userId: string }
}

export type EventType = keyof EventData

/**
 * One event of a channel. `seq` runs from 1 without holes within its channel. `at` is business time (ISO
 * 8601, UTC); `wall` the machine's clock in ms since 1970, which the recording goes by. `by` is a user id,
 * null for the program itself; `for` the leader's user id when a scribe typed it on the leader's behalf.
 */
export type RoomEvent = {
  [T in EventType]: {
    readonly seq: number
    readonly type: T
    readonly data: EventData[T]
    readonly at: string
    readonly wall: number
    readonly by: string | null
    readonly for?: string
  }
}[EventType]
