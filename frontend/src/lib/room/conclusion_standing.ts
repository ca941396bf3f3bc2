import type { ConclusionCode, PanelState, RoomState } from '@shared/room/protocol.ts'
import { hintsOf } from './concreteness.ts'

/** One thing that is still missing, as the foot of the panel's column says it. */
export type Missing =
  | { code: 'absent'; count: number }
  | { code: 'defects'; items: number[] }
  | { code: 'unconfirmed'; items: number[] }
  | { code: 'unhandled'; count: number }
  | { code: 'vague'; items: number[] }
  | { code: 'votes'; count: number }

export type Bar = 'defect' | 'must_fix_open' | 'must_fix_needed'
export type Standing = {
  /** Why a conclusion can't be, or null; adjournment always can. */
  bars: Record<ConclusionCode, Bar | null>
  missing: Missing[]
}

/**
 * CONC-1 … CONC-5 as far as the page can tell: which conclusions are open, and what is missing before one
 * can be read out. The server decides by the same rules and names what stands when it refuses.
 */
export function conclusionStanding(panel: PanelState, room: RoomState): Standing {
  const members = room.seats.filter((seat) => seat.sits)
  const number = (index: number) => index + 1
  const numbers = (test: (item: PanelState['items'][number]) => boolean) =>
    panel.items.flatMap((item, index) => (test(item) ? [number(index)] : []))

  const standing = Object.values(panel.opinions).filter((opinion) => opinion.defect?.stands)
  const defectItems = numbers((item) => standing.some((opinion) => opinion.itemId === item.itemId))
  const must = panel.items.some((item) => item.fields.kind !== 'advice')
  const defect = standing.length > 0
  const missing: Missing[] = []

  const absent = members.filter((seat) => !room.people[seat.userId]).length
  if (absent > 0) missing.push({ code: 'absent', count: absent })
  if (defectItems.length > 0) missing.push({ code: 'defects', items: defectItems })
  const unconfirmed = numbers((item) => members.some((seat) => !item.votes[seat.seatId]))
  if (unconfirmed.length > 0) missing.push({ code: 'unconfirmed', items: unconfirmed })
  const unhandled = Object.values(panel.opinions).filter((one) => !one.itemId && !one.leftOut).length
  if (unhandled > 0) missing.push({ code: 'unhandled', count: unhandled })
  const vague = numbers((item) => item.fields.kind === 'must_fix' && isVague(item))
  if (vague.length > 0) missing.push({ code: 'vague', items: vague })
  const votes = members.filter((seat) => !panel.conclusion.votes[seat.seatId]).length
  if (votes > 0) missing.push({ code: 'votes', count: votes })

  return {
    bars: {
      PASS: defect ? 'defect' : must ? 'must_fix_open' : null,
      REVISE: defect ? 'defect' : must ? null : 'must_fix_needed',
      FAIL: null,
    },
    missing,
  }
}

function isVague({ fields, text, defect }: PanelState['items'][number]): boolean {
  const { page, place, basis, kind, chapter } = fields
  return (
    hintsOf({ page, place, basis, kind, chapter, defect, requirement: text, region: null, finding: '' })
      .length > 0
  )
}
