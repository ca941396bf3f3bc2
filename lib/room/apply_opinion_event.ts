import type { RoomEvent } from './events.ts'
import type { OpinionEntry, PanelState } from './state.ts'

/** Revealed opinions after the event; the state itself when the event is about something else. */
export function applyOpinionEvent(state: PanelState, event: RoomEvent): PanelState {
  switch (event.type) {
    case 'opinion.revealed': {
      const { opinionId, fields } = event.data
      const severe = fields.kind === 'severe_defect'
      const defect = severe ? { code: fields.defect, stands: true, withdrawal: null, proposal: null } : null
      const entry: OpinionEntry = { ...event.data, itemId: null, leftOut: null, defect }
      return { ...state, opinions: { ...state.opinions, [opinionId]: entry } }
    }
    case 'opinion.left_out':
      return change(state, event.data.opinionId, () => ({
        leftOut: { reason: event.data.reason, answer: null },
      }))
    case 'opinion.taken_back':
      return change(state, event.data.opinionId, () => ({ leftOut: null }))
    case 'opinion.answered': {
      const { agree, reason } = event.data
      return change(state, event.data.opinionId, ({ leftOut }) => ({
        leftOut: leftOut && { ...leftOut, answer: { agree, reason } },
      }))
    }
    case 'defect.withdrawn': {
      const { page, reason } = event.data
      return changeDefect(state, event.data.opinionId, () => ({ withdrawal: { page, reason, at: event.at } }))
    }
    case 'defect.proposed': {
      const { to, page, reason, seatId } = event.data
      return changeDefect(state, event.data.opinionId, () => ({
        proposal: { to, page, reason, agreed: [seatId] },
      }))
    }
    case 'defect.agreed':
      return changeDefect(state, event.data.opinionId, ({ proposal }) => ({
        proposal: proposal && {
          ...proposal,
          agreed: [...new Set([...proposal.agreed, event.data.seatId])].sort(),
        },
      }))
    case 'defect.settled': {
      const settled = changeDefect(state, event.data.opinionId, () => ({ stands: false }))
      return change(settled, event.data.opinionId, ({ fields }) => ({
        fields: { ...fields, kind: event.data.kind },
      }))
    }
    default:
      return state
  }
}

function change(
  state: PanelState,
  id: string,
  set: (entry: OpinionEntry) => Partial<OpinionEntry>
): PanelState {
  const entry = state.opinions[id]
  if (!entry) return state
  return { ...state, opinions: { ...state.opinions, [id]: { ...entry, ...set(entry) } } }
}

type Defect = NonNullable<OpinionEntry['defect']>

function changeDefect(state: PanelState, id: string, set: (defect: Defect) => Partial<Defect>): PanelState {
  return change(state, id, ({ defect }) => ({ defect: defect && { ...defect, ...set(defect) } }))
}
