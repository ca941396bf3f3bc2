import { applyFloorEvent } from './apply_floor_event.ts'
import type { RoomEvent } from './events.ts'
import type { RoomState } from './state.ts'

/** What everybody in the room sees, after one event of the channel `room`. */
export function applyRoomEvent(state: RoomState, event: RoomEvent): RoomState {
  switch (event.type) {
    case 'meeting.opened': {
      const { seats, versions, versionId, presenter, required } = event.data
      const floor = { ...state.floor, versionId, presenter }
      return {
        ...state,
        seats,
        versions,
        required,
        floor,
        startedAt: state.startedAt ?? event.at,
        endedAt: null,
      }
    }
    case 'phase.changed': {
      const { phase, stage, because, reason } = event.data
      const over = phase === 'concluded' || phase === 'adjourned' || phase === 'ended'
      const pause = phase === 'paused' ? { because, reason, since: event.at } : null
      return { ...state, phase, stage, pause, endedAt: over ? event.at : null }
    }
    case 'stage.changed':
      return { ...state, stage: event.data.stage }
    case 'person.joined':
      return {
        ...state,
        people: { ...state.people, [event.data.userId]: { ...event.data, since: event.at } },
      }
    case 'person.changed': {
      const known = state.people[event.data.userId]
      if (!known) return state
      return {
        ...state,
        people: { ...state.people, [event.data.userId]: { ...event.data, since: known.since } },
      }
    }
    case 'person.left': {
      const { [event.data.userId]: gone, ...people } = state.people
      const hands = state.floor.hands.filter((userId) => userId !== gone?.userId)
      return { ...state, people, floor: { ...state.floor, hands } }
    }
    case 'seats.changed':
      return { ...state, seats: event.data.seats }
    case 'recording.changed':
      return { ...state, recording: { state: event.data.state, since: event.at } }
    case 'attendee.checked': {
      const { code, name, delegate } = event.data
      return { ...state, attendees: { ...state.attendees, [code]: { name, delegate, waivedBecause: null } } }
    }
    case 'attendee.waived': {
      const { code, reason } = event.data
      return {
        ...state,
        attendees: { ...state.attendees, [code]: { name: '', delegate: false, waivedBecause: reason } },
      }
    }
    default: {
      const floor = applyFloorEvent(state.floor, event)
      return floor ? { ...state, floor } : state
    }
  }
}
