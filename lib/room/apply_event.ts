import type { RoomEvent } from './events.ts'
import { applyOwnEvent } from './apply_own_event.ts'
import { applyPanelEvent } from './apply_panel_event.ts'
import { applyRoomEvent } from './apply_room_event.ts'
import { EMPTY, type Parts } from './state.ts'
import type { Channel } from './words.ts'

const APPLY = { room: applyRoomEvent, panel: applyPanelEvent, own: applyOwnEvent } as const

/** The state after one event of its channel. Pure: the state given is left as it was. */
export function applyEvent<C extends Channel>(channel: C, state: Parts[C], event: RoomEvent): Parts[C] {
  const apply: { [K in Channel]: (state: Parts[K], event: RoomEvent) => Parts[K] } = APPLY
  return apply[channel](state, event)
}

/** The fold of a channel's events from the first. */
export function foldEvents<C extends Channel>(
  channel: C,
  events: readonly RoomEvent[],
  from?: Parts[C]
): Parts[C] {
  let state = from ?? (EMPTY[channel]() as Parts[C])
  for (const event of events) state = applyEvent(channel, state, event)
  return state
}

/** What a client holds of one channel. */
export interface Replica<C extends Channel> {
  readonly channel: C
  readonly seq: number
  readonly state: Parts[C]
}

/**
 * Applies what came from the server: skips what is known, stops at a hole.
 * @returns null at a hole: the client has to resume from its `seq`.
 */
export function receive<C extends Channel>(
  replica: Replica<C>,
  events: readonly RoomEvent[]
): Replica<C> | null {
  let { seq, state } = replica
  for (const event of events) {
    if (event.seq <= seq) continue
    if (event.seq !== seq + 1) return null
    state = applyEvent(replica.channel, state, event)
    seq = event.seq
  }
  return { channel: replica.channel, seq, state }
}
