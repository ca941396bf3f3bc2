import { fail, type Result } from '#lib/result'
import type { Regulation } from '#core/regulation/types'
import type { EventData, EventType, RevealedOpinion, RoomEvent } from '#lib/room/events'
import type { OwnState, PanelState, RoomState } from '#lib/room/state'
import type { Channel, Phase, RoomRole, Seat, Stage } from '#lib/room/words'

/** All that a decision looks at. Nothing here reads a clock or a table. */
export interface Scene {
  readonly room: RoomState
  readonly panel: PanelState
  readonly own: OwnState
  readonly me: Me
  /** The panel and its alternates, whoever has left aside. */
  readonly seats: readonly (Seat & { readonly complete: boolean })[]
  readonly revealed: boolean
  /** Sealed opinions of the whole panel; empty unless the operation may lift the seal. */
  readonly sealed: readonly RevealedOpinion[]
  readonly versions: readonly { versionId: string; number: number; pages: number }[]
  readonly versionId: string
  /** Codes of the attendees that the regulation requires at this meeting (MEET-2). */
  readonly required: readonly string[]
  readonly earliest: Date
  readonly scheduledAt: Date | null
  readonly now: Date
  readonly regulation: Regulation
  /** Whoever holds the leader's place. */
  readonly leaderUserId: string | null
}

export interface Me {
  readonly userId: string
  readonly name: string
  readonly role: RoomRole | 'program'
  readonly seatId: string | null
  readonly letter: string | null
}

/** An event on its way into the log. */
export interface Told {
  readonly channel: Channel
  readonly type: EventType
  readonly data: any
}

export type Refused = { code: string; [param: string]: unknown }
export type Decision = Result<Told[], Refused>

export function tell<T extends EventType>(channel: Channel, type: T, data: EventData[T]): Told {
  return { channel, type, data }
}

export const refuse = (code: string, params: Record<string, unknown> = {}) =>
  fail({ ...params, code } as Refused)

/** As an event for the reducer, where a decision needs to know what follows from what it tells. */
export function asEvent(told: Told, seq: number, now: Date): RoomEvent {
  return { seq, type: told.type, data: told.data, at: now.toISOString(), wall: 0, by: null } as RoomEvent
}

export const sitting = (scene: Pick<Scene, 'seats'>) => scene.seats.filter((seat) => seat.sits)

/** The floor is the panel's own while it deliberates (MEET-7). */
export function floorChannel(room: RoomState): 'room' | 'panel' {
  return room.stage === 'deliberation' ? 'panel' : 'room'
}

export function floorOf(scene: Scene) {
  return floorChannel(scene.room) === 'panel' ? scene.panel.floor : scene.room.floor
}

/** Between the opening and the conclusion, pauses included. */
export function inMeeting(room: RoomState): boolean {
  return ['in_session', 'paused', 'deliberation', 'read_out'].includes(room.phase)
}

/** What a pause goes back to. */
export function phaseOf(stage: Stage): Phase {
  if (stage === 'deliberation') return 'deliberation'
  return stage === 'read_out' || stage === 'answers' ? 'read_out' : 'in_session'
}

/** While opinions, items and votes may change: after the reveal, not in a pause, not once it is read out. */
export function inMerging(scene: Scene): boolean {
  return scene.revealed && (scene.room.phase === 'in_session' || scene.room.phase === 'deliberation')
}

export const leads = (scene: Scene) => scene.me.role === 'leader'
export const edits = (scene: Scene) => scene.me.role === 'leader' || scene.me.role === 'scribe'
export const isMember = (scene: Scene) =>
  scene.me.seatId !== null && sitting(scene).some((seat) => seat.seatId === scene.me.seatId)
