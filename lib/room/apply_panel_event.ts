import { applyFloorEvent } from './apply_floor_event.ts'
import { applyItemEvent } from './apply_item_event.ts'
import { applyOpinionEvent } from './apply_opinion_event.ts'
import type { RoomEvent } from './events.ts'
import type { PanelState } from './state.ts'

/** Opinions, items, votes and the closed floor, after one event of the channel `panel`. */
export function applyPanelEvent(state: PanelState, event: RoomEvent): PanelState {
  switch (event.type) {
    case 'seat.complete':
      return { ...state, complete: { ...state.complete, [event.data.seatId]: event.data.nothingBecause } }
    case 'judgement.set':
      return { ...state, judgements: { ...state.judgements, [event.data.question]: event.data.text } }
    case 'conclusion.proposed': {
      const { conclusion, reasons } = event.data
      return { ...state, conclusion: { ...state.conclusion, proposed: { conclusion, reasons } } }
    }
    case 'conclusion.voted': {
      const { seatId, conclusion, reason } = event.data
      const votes = { ...state.conclusion.votes, [seatId]: { conclusion, reason, at: event.at } }
      return { ...state, conclusion: { ...state.conclusion, votes } }
    }
    case 'conclusion.fixed':
      return { ...state, conclusion: { ...state.conclusion, fixed: { ...event.data, at: event.at } } }
    case 'leader.named':
      return { ...state, named: { ...state.named, [event.data.by]: event.data.seatId } }
    case 'scribe.admitted':
      return {
        ...state,
        scribes: [...state.scribes.filter((id) => id !== event.data.userId), event.data.userId],
      }
    case 'scribe.dismissed':
      return { ...state, scribes: state.scribes.filter((id) => id !== event.data.userId) }
    default: {
      const floor = applyFloorEvent(state.floor, event)
      if (floor) return { ...state, floor }
      return applyItemEvent(applyOpinionEvent(state, event), event)
    }
  }
}
