import type { RoomEvent } from './events.ts'
import type { ItemEntry, PanelState } from './state.ts'

/**
 * Items after the event; the state itself when the event is about something else. Whatever changes what an
 * item says or where it comes from makes its votes void (CONC-1); moving it does not.
 */
export function applyItemEvent(state: PanelState, event: RoomEvent): PanelState {
  switch (event.type) {
    case 'item.created': {
      const { itemId, position, fields, defect, text, opinionIds } = event.data
      const item: ItemEntry = { itemId, fields, defect, text, revision: 1, opinionIds, votes: {} }
      const items = state.items.toSpliced(position - 1, 0, item)
      return withSources({ ...state, items }, itemId, opinionIds)
    }
    case 'item.sources': {
      const { itemId, opinionIds, kind, defect } = event.data
      const changed = change(state, itemId, (item) => ({
        ...voided(item),
        opinionIds,
        defect,
        fields: { ...item.fields, kind },
      }))
      return withSources(changed, itemId, opinionIds)
    }
    case 'item.removed': {
      const items = state.items.filter((item) => item.itemId !== event.data.itemId)
      return withSources({ ...state, items }, event.data.itemId, [])
    }
    case 'item.moved': {
      const item = state.items.find((one) => one.itemId === event.data.itemId)
      if (!item) return state
      const others = state.items.filter((one) => one !== item)
      return { ...state, items: others.toSpliced(event.data.position - 1, 0, item) }
    }
    case 'item.set':
      return change(state, event.data.itemId, (item) => ({
        ...voided(item),
        fields: { ...item.fields, ...event.data.set },
      }))
    case 'item.text':
      return change(state, event.data.itemId, (item) => ({ ...voided(item), text: event.data.text }))
    case 'item.voted': {
      const { seatId, vote, reason } = event.data
      return change(state, event.data.itemId, (item) => ({
        votes: { ...item.votes, [seatId]: { vote, reason, at: event.at } },
      }))
    }
    default:
      return state
  }
}

const voided = (item: ItemEntry) => ({ revision: item.revision + 1, votes: {} })

function change(state: PanelState, id: string, set: (item: ItemEntry) => Partial<ItemEntry>): PanelState {
  return {
    ...state,
    items: state.items.map((item) => (item.itemId === id ? { ...item, ...set(item) } : item)),
  }
}

/** Each opinion points at the item that it is in. */
function withSources(state: PanelState, itemId: string, opinionIds: readonly string[]): PanelState {
  const opinions = Object.fromEntries(
    Object.entries(state.opinions).map(([id, opinion]) => {
      if (opinionIds.includes(id)) return [id, { ...opinion, itemId }]
      return [id, opinion.itemId === itemId ? { ...opinion, itemId: null } : opinion]
    })
  )
  return { ...state, opinions }
}
