import { applyEvent } from '@shared/room/apply_event.ts'
import { EMPTY, type PanelState, type RoomState } from '@shared/room/state.ts'
import type { PlaybackEvent } from './types.ts'

export interface RoomAt {
  readonly room: RoomState
  readonly panel: PanelState
}

/** A state is kept each so many events, so that a seek backwards folds no more than these. */
const EACH = 200

/** The room as it was at any moment, by folding the log; what is asked for in order costs one event each. */
export class RoomHistory {
  readonly #events: readonly PlaybackEvent[]
  #kept: RoomAt[] = [{ room: EMPTY.room(), panel: EMPTY.panel() }]
  #at = { count: 0, state: this.#kept[0]! }

  constructor(events: readonly PlaybackEvent[]) {
    this.#events = events
  }

  /** @param wall machine time, ms since 1970: what happened at that very moment counts */
  at(wall: number): RoomAt {
    const count = countUntil(this.#events, wall)
    if (count < this.#at.count) {
      const kept = Math.min(Math.floor(count / EACH), this.#kept.length - 1)
      this.#at = { count: kept * EACH, state: this.#kept[kept]! }
    }
    let { count: done, state } = this.#at
    while (done < count) {
      const event = this.#events[done]!
      state =
        event.channel === 'room'
          ? { ...state, room: applyEvent('room', state.room, event) }
          : { ...state, panel: applyEvent('panel', state.panel, event) }
      done += 1
      if (done % EACH === 0 && this.#kept.length === done / EACH) this.#kept.push(state)
    }
    this.#at = { count: done, state }
    return state
  }
}

/** How many events there are up to a moment, that one included; the log is in the order of its clock. */
export function countUntil(events: readonly { readonly wall: number }[], wall: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (events[middle]!.wall <= wall) low = middle + 1
    else high = middle
  }
  return low
}
