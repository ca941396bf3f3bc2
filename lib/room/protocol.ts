/**
 * The protocol of the review room. One Socket.IO namespace, `/rooms`, path /socket.io, the web session's
 * cookie; every answer is an acknowledgement. HTTP does the same where there is no WebSocket.
 *
 * client → server
 *   join    {reviewId, enter, cursors?}  → JoinAnswer     `enter` false: own opinions only, nobody sees it;
 *                                                         true: into the meeting (consent must be there)
 *   leave   {reviewId}                   → {ok: true}
 *   op      Operation                    → Ack            send again with the same opId until acknowledged
 *   resume  {reviewId, cursors}          → JoinAnswer     after each reconnect, and at a hole in the numbers
 *   hash    {reviewId}                   → {ok, positions, hashes}
 *   volatile Volatile                    (no answer)      at most 20 a second, the rest is dropped
 * server → client
 *   events  {reviewId, channel, events: RoomEvent[]}      apply `last + 1` only, else resume
 *   channels {reviewId, channels, me, why}                what you receive has changed: drop the parts that are
 *                                                         not named, resume for those that are new
 *   removed {reviewId, why}                               out of the room: 'deliberation' | 'excused' |
 *                                                         'replaced' | 'ended' | 'elsewhere'
 *   readmitted {reviewId}                                 deliberation is over: join again
 *   signed_out {}                                         the socket closes right after
 *   volatile {reviewId, userId, ...Volatile}
 *   notices {}                                            something new in the person's messages
 *   media   {reviewId, health, recording}
 *
 * HTTP (prefix /api; 404 for whoever has no place in the review)
 *   GET  /sessions                              reviews in which I have a place  → {sessions: SessionSummary[]}
 *   GET  /sessions/:id                          → SessionOverview
 *   POST /sessions/:id/schedule    {at, mode, place}   host: fixes or moves the time; E_TOO_EARLY {earliest} (PLAN-6)
 *   POST /sessions/:id/guests      {name, mobile, kind, organisationId, code}   host: brings somebody of a party along
 *   GET  /sessions/:id/snapshot                 → JoinAnswer without entering
 *   GET  /sessions/:id/events?room=n&panel=n&own=n   → JoinAnswer with what came after
 *   POST /sessions/:id/operations  Operation    → Ack (422 with error when refused)
 *   POST /sessions/:id/plan-opened              expert has opened the plan (receipt)
 *   POST /sessions/:id/consent     {agreed}     to recording (MEET-6); false is logged too, and keeps one out
 *   POST /sessions/:id/sign-in     multipart photo? (JPEG or PNG, 2 MB)   sign-in, once; photo optional
 *   GET  /sessions/:id/sign-in/:userId/photo    panel, host, supervisors
 *   GET  /sessions/:id/media-token              → {url, token, room} or 503 E_MEDIA_UNAVAILABLE {reason}
 *   GET  /sessions/:id/recording                → {state, since, tracks}
 */
import type { Ack, Operation } from './operations.ts'
import type { RoomEvent } from './events.ts'
import type { OwnState, PanelState, RoomState } from './state.ts'
import type { Channel, Phase, RoomRole } from './words.ts'

export type { Ack, Operation, OperationPayloads, OperationType } from './operations.ts'
export type { EventData, EventType, RoomEvent } from './events.ts'
export type { OwnState, PanelState, RoomState } from './state.ts'
export type * from './words.ts'

export type Cursors = { readonly [C in Channel]?: number }

/** Who the answer is for, decided on the server at each step. */
export interface Me {
  readonly userId: string
  readonly name: string
  readonly role: RoomRole
  readonly seatId: string | null
  readonly letter: string | null
  readonly channels: readonly Channel[]
  /** Own opinions are handed in: the condition for seeing the others'. */
  readonly complete: boolean
  readonly consented: boolean
}

/** A part is either whole (`state` at `seq`) or what came after the cursor (`events`). */
export type Part<S> = { seq: number; hash: string } & ({ state: S } | { events: RoomEvent[] })

export type JoinAnswer =
  | {
      ok: true
      reviewId: string
      me: Me
      room?: Part<RoomState>
      panel?: Part<PanelState>
      own?: Part<OwnState>
      /** Yjs documents (base64, whole) of the items' texts; with a whole panel part only. */
      docs?: Record<string, string>
      serverTime: string
    }
  | { ok: false; error: { code: string; [param: string]: unknown } }

export type Volatile =
  | { kind: 'pointer'; versionId: string; page: number; x: number; y: number }
  | { kind: 'typing'; itemId: string | null }
  | { kind: 'speaking'; on: boolean }

export interface SessionSummary {
  readonly reviewId: string
  readonly number: string | null
  readonly planName: string
  readonly projectName: string
  readonly phase: Phase
  readonly role: RoomRole
  readonly scheduledAt: string
  readonly complete: boolean
}

export interface SessionOverview extends SessionSummary {
  readonly me: Me
  readonly mode: 'remote' | 'on_site'
  readonly place: string
  readonly earliest: string
  readonly deliveredAt: string
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly plan: {
    planId: string
    versionId: string
    versions: { versionId: string; number: number; pages: number; fileName: string }[]
  }
  /**
   * For panel, host and supervisors; parties read the names once the meeting has begun. `complete` is there
   * for host and supervisors alone: members see only whether they have handed in themselves (SEC-2).
   */
  readonly seats: {
    seatId: string
    letter: string
    name: string
    role: 'leader' | 'expert' | 'alternate'
    employer: string
    title: string
    specialty: string
    sits: boolean
    complete?: boolean
  }[]
  readonly signedIn: boolean
  readonly mayEnter: boolean
  readonly mediaHealth: { state: string; reason?: string }
}

export interface ServerMessages {
  events: (message: { reviewId: string; channel: Channel; events: RoomEvent[] }) => void
  channels: (message: { reviewId: string; channels: readonly Channel[]; me: Me; why: string }) => void
  removed: (message: { reviewId: string; why: string }) => void
  readmitted: (message: { reviewId: string }) => void
  signed_out: (message: Record<string, never>) => void
  volatile: (message: { reviewId: string; userId: string } & Volatile) => void
  notices: (message: Record<string, never>) => void
  media: (message: {
    reviewId: string
    health: { state: string; reason?: string }
    recording: string
  }) => void
}

export interface ClientMessages {
  join: (
    message: { reviewId: string; enter: boolean; cursors?: Cursors },
    answer: (joined: JoinAnswer) => void
  ) => void
  leave: (message: { reviewId: string }, answer: (done: { ok: true }) => void) => void
  op: (operation: Operation, answer: (ack: Ack) => void) => void
  resume: (message: { reviewId: string; cursors: Cursors }, answer: (joined: JoinAnswer) => void) => void
  hash: (
    message: { reviewId: string },
    answer: (hashes: { ok: boolean; positions: Cursors; hashes: { [C in Channel]?: string } }) => void
  ) => void
  volatile: (message: { reviewId: string } & Volatile) => void
}
