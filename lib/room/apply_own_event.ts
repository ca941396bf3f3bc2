import type { RoomEvent } from './events.ts'
import type { OwnState } from './state.ts'

/** An expert's own drafts and sealed opinions, after one event of the channel `own`. */
export function applyOwnEvent(state: OwnState, event: RoomEvent): OwnState {
  switch (event.type) {
    case 'draft.saved': {
      const draft = { fields: event.data.fields, savedAt: event.at }
      return { ...state, drafts: { ...state.drafts, [event.data.opinionId]: draft } }
    }
    case 'draft.discarded':
      return { ...state, drafts: without(state.drafts, event.data.opinionId) }
    case 'opinion.sealed': {
      const { opinionId, label } = event.data
      const draft = state.drafts[opinionId]
      if (!draft) return state
      const sealed = { ...state.sealed, [opinionId]: { label, fields: draft.fields, at: event.at } }
      return { ...state, drafts: without(state.drafts, opinionId), sealed }
    }
    case 'own.complete':
      return { ...state, complete: { nothingBecause: event.data.nothingBecause } }
    default:
      return state
  }
}

function without<T>(entries: Record<string, T>, id: string): Record<string, T> {
  const { [id]: _gone, ...rest } = entries
  return rest
}
