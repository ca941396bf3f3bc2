import type { RoomEvent } from './events.ts'
import type { Floor } from './state.ts'

/** Chat that a page keeps; the log has all of it. */
const CHAT_KEPT = 500

/** The floor after the event, or null when the event is about something else. */
export function applyFloorEvent(floor: Floor, event: RoomEvent): Floor | null {
  switch (event.type) {
    case 'page.turned':
      return { ...floor, versionId: event.data.versionId, page: event.data.page }
    case 'presenter.changed':
      return { ...floor, presenter: event.data.userId }
    case 'hand.raised':
      return floor.hands.includes(event.data.userId)
        ? floor
        : { ...floor, hands: [...floor.hands, event.data.userId] }
    case 'hand.lowered':
      return { ...floor, hands: floor.hands.filter((userId) => userId !== event.data.userId) }
    case 'chat.said':
      return { ...floor, chat: [...floor.chat, { ...event.data, at: event.at }].slice(-CHAT_KEPT) }
    default:
      return null
  }
}
