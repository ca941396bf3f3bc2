import { addDays, civilDay } from '#core/regulation/calendar'
import type { Regulation } from '#core/regulation/types'

/**
 * Rule PLAN-6. The day by which terms, leave and the month's cap are judged: the proposed one, never before
 * the first that is possible, which is also taken where none is proposed. YYYY-MM-DD.
 */
export function meetingDayOf(proposed: Date | null, now: Date, regulation: Regulation): string {
  const offset = regulation.utc_offset_minutes
  const first = addDays(civilDay(now, offset), regulation.values['meeting.plan_days_before'].value)
  const day = proposed ? civilDay(proposed, offset) : first
  return day < first ? first : day
}
