import type { ConclusionCode, OpinionFields, OpinionKind, Stage } from './words.ts'

/**
 * What a page can ask for, by type. Who may, and when, is in brackets; everything else is refused with a
 * code and nothing of it is kept.
 */
export interface OperationPayloads {
  /* Own opinions [leader, expert, alternate; from the delivery of the plan to the read-out] */
  /** Creates the draft or replaces its fields. */
  'opinion.save': { opinionId: string; fields: OpinionFields }
  'opinion.discard': { opinionId: string }
  /**
   * Submits these drafts for good. Before the meeting they are sealed until it opens; during it they show
   * at once. Somebody without any opinion says so with a reason: nobody sees the others' before (PLAN-6).
   */
  'opinion.submit': { opinionIds: string[]; nothingBecause?: string }

  /* Severe defects (CONC-3) [the author] [author or leader] [every member] */
  /** Withdrawn with the page that answers it; what is left of it is a must-fix or advice. */
  'defect.withdraw': { opinionId: string; to: 'must_fix' | 'advice'; page: number; reason: string }
  'defect.propose': { opinionId: string; to: 'must_fix' | 'advice'; page: number; reason: string }
  'defect.agree': { opinionId: string }

  /* Merging [leader; a scribe on the leader's behalf] */
  /** A new item from these opinions; texts start as theirs unless given. */
  'item.create': { itemId: string; opinionIds: string[]; heading?: string; kind?: OpinionKind }
  'item.merge': { itemId: string; opinionIds: string[] }
  /** Takes opinions out of an item; an item without sources goes. */
  'item.release': { itemId: string; opinionIds: string[] }
  'item.move': { itemId: string; position: number }
  'item.set': { itemId: string; set: Partial<ItemFields> }
  'opinion.leave_out': { opinionId: string; reason: string }
  'opinion.take_back': { opinionId: string }
  /** What the author says to being left out [the author]. */
  'opinion.answer': { opinionId: string; agree: boolean; reason?: string }
  /** A Yjs update (base64) of the item's text `text` [every member, scribe]. */
  'item.text': { itemId: string; update: string }

  /* Experts confirm [every member]. `revision` is what they read: another one is refused. */
  'item.confirm': { itemId: string; revision: number }
  'item.object': { itemId: string; revision: number; reason: string }

  /* MEET-3 [leader, scribe] */
  'judgement.set': { question: Question; text: string }
  /**
   * Conclusion (CONC-1, 2, 5) [leader] [every member]. The reasons are those of a 不通过; a member whose
   * conclusion is another than the panel's gives a reason.
   */
  'conclusion.propose': { conclusion: ConclusionCode; reasons: string }
  'conclusion.vote': { conclusion: ConclusionCode; reason?: string }

  /* The meeting [leader or host] [leader] */
  'meeting.open': Record<string, never>
  /** The next step within the session, or 'answers' after the read-out [leader, host]. */
  'stage.set': { stage: Stage }
  'meeting.pause': { reason: string }
  'meeting.resume': Record<string, never>
  'meeting.deliberate': Record<string, never>
  'meeting.read_out': Record<string, never>
  'meeting.conclude': Record<string, never>
  'meeting.adjourn': { reason: string }
  'scribe.admit': { userId: string }
  'scribe.dismiss': { userId: string }

  /* The panel */
  /** An alternate takes the place of a member who is gone [leader]. */
  'alternate.step_in': { seatId: string; forSeatId: string; reason: string }
  /** An absent leader is replaced: counts once more than half of the members name the same one [members]. */
  'leader.elect': { seatId: string }

  /* The floor [whoever presents] [leader, host, or whoever presents] [anybody] */
  'page.turn': { versionId: string; page: number }
  'presenter.set': { userId: string }
  'hand.raise': Record<string, never>
  'hand.lower': { userId?: string }
  'chat.say': { text: string }

  /* MEET-2: required attendees [host, leader] [leader] */
  'attendee.check': { code: string; name: string; delegate: boolean }
  'attendee.waive': { code: string; reason: string }
}

export interface ItemFields {
  readonly heading: string
  readonly kind: OpinionKind
  readonly page: number | null
  readonly place: string
  readonly basis: string
  readonly chapter: string | null
}

/** MEET-3: complete and feasible; calculations and drawings meet the standards; fits the site, keeps it safe. */
export type Question = 'complete' | 'calculations' | 'site'

export type OperationType = keyof OperationPayloads

/** `opId` is a UUIDv7 that the page makes once and sends again until it is acknowledged. */
export interface Operation<T extends OperationType = OperationType> {
  readonly opId: string
  readonly reviewId: string
  readonly type: T
  readonly payload: OperationPayloads[T]
}

/** `positions`: the last number in each channel that this operation took. The same for a repeated `opId`. */
export type Ack =
  | { ok: true; opId: string; positions: { room?: number; panel?: number; own?: number } }
  | { ok: false; opId: string; error: { code: string; [param: string]: unknown } }
