/** The room's words, shared by server, browser and playback. All ids are UUIDs in lower case. */

/** Where the meeting stands (MEET-8). `paused` remembers what it broke into. */
export type Phase =
  | 'pre_review'
  | 'scheduled'
  | 'in_session'
  | 'paused'
  | 'deliberation'
  | 'read_out'
  | 'concluded'
  | 'adjourned'
  | 'ended'

/** The step of MEET-8 that is on; it outlasts a pause. The first four are parts of `in_session`. */
export type Stage =
  | 'sign_in'
  | 'introduction'
  | 'presentation'
  | 'questions'
  | 'deliberation'
  | 'read_out'
  | 'answers'
  | 'signing'

/**
 * Who somebody is in the room. `host` is the organiser or its agency; a host whom the leader lets stay for
 * the closed deliberation is `scribe` (MEET-7); `party` is everybody else of the work.
 */
export type RoomRole = 'leader' | 'expert' | 'alternate' | 'scribe' | 'host' | 'party' | 'supervisor'

/**
 * What somebody receives. Each channel has its own numbers from 1 without holes, so that not even the
 * number or the moment of what is hidden can be read off it (SEC-2).
 * `room`: everybody who is let in. `panel`: revealed opinions, items, votes, and the whole floor of the
 * closed deliberation. `own`: one expert's drafts and sealed opinions, theirs alone.
 */
export type Channel = 'room' | 'panel' | 'own'

export type OpinionKind = 'must_fix' | 'advice' | 'severe_defect'
export type ConclusionCode = 'PASS' | 'REVISE' | 'FAIL'

/** Part of a page, in fractions 0..1 of its width and height from the upper left corner. */
export interface Region {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** What an opinion says (MEET-5). Texts may be empty while it is a draft. */
export interface OpinionFields {
  /** From 1; null while it is about no page in particular. */
  readonly page: number | null
  readonly region: Region | null
  /** Where in words: a section, a table, an axis. */
  readonly place: string
  readonly finding: string
  /** Standard and clause, or calculation. */
  readonly basis: string
  readonly requirement: string
  readonly kind: OpinionKind
  /** Item of the severe-defects list, as 二.5; only with kind severe_defect. */
  readonly defect: string | null
  /** Code of the chapter that it is about, see the regulation file. */
  readonly chapter: string | null
}

export interface Seat {
  readonly seatId: string
  readonly letter: string
  readonly userId: string
  readonly name: string
  readonly role: 'leader' | 'expert' | 'alternate'
  /** False once somebody else has stepped in, or the place was lost. */
  readonly sits: boolean
}
