/** What a draw came to for one expert, in words. */
import { m } from '#paraglide/messages.js'
import type { StateShape, StateTone } from '../ui/states.ts'
import type { OwnDraw, OwnDrawItem } from './own_types.ts'
import { exclusionTexts } from './words.ts'

const whys: Record<string, () => string> = {
  party_employer: m.own_why_party,
  party_former_employer: m.own_why_former,
  party_group: m.own_why_group,
  declared_interest: m.own_why_interest,
  reviewed_this_plan: m.own_why_reviewed,
  monthly_cap: m.own_why_monthly,
  on_leave: m.own_why_leave,
  suspended: m.own_why_suspended,
  term_expired: m.own_why_term,
  not_listed: m.own_why_not_listed,
  over_age_limit: m.own_why_age,
  specialty: m.own_why_specialty,
  grade: m.own_why_grade,
}

export const exclusionWhy = (code: string): string => whys[code]?.() ?? exclusionTexts[code]?.() ?? code

/** Which of one's own employers it follows from; one finds it in one's own record. */
export function exclusionGround(code: string, because: OwnDraw['because']): string {
  const employers = because.filter((one) => one.code === code).map(({ employer }) => employer)
  if (employers.length === 0) return ''
  return m.own_why_employer({ employers: employers.join(m.draw_list_separator()) })
}

export function ownStanding(draw: OwnDrawItem): { shape: StateShape; tone: StateTone; label: string } {
  if (draw.seat !== null) return { shape: 'done', tone: 'act', label: m.own_state_drawn({ seat: draw.seat }) }
  if (draw.excluded.length > 0) {
    const why = draw.excluded.map((code) => exclusionTexts[code]?.() ?? code).join(m.draw_list_separator())
    return { shape: 'ended', tone: 'off', label: m.own_state_excluded({ why }) }
  }
  if (draw.status !== 'completed') return { shape: 'ring', tone: 'none', label: m.own_state_waiting() }
  return { shape: 'refused', tone: 'off', label: m.own_state_not_drawn() }
}

export function ownTitle(draw: OwnDraw): string {
  if (draw.seat) return m.own_title_drawn({ seat: draw.seat.seat })
  if (draw.excluded.length > 0) return m.own_title_excluded()
  return draw.status === 'completed' ? m.own_title_not_drawn() : m.own_title_waiting()
}
