import { addDays, civilDay, startOfDay } from '#core/regulation/calendar'
import type { Regulation } from '#core/regulation/types'

const HOUR = 3_600_000

/**
 * Rule DRAW-7. When an invitation's answer is due: 4 hours later, of which only those between 8:00 and
 * 20:00 of each day count. Sent at 18:00 it is due at 10:00 of the next day; sent at night, at noon.
 */
export function invitationAnswerDeadline(sentAt: Date, regulation: Regulation): Date {
  return laterByDay(sentAt, regulation.values['invitation.answer_hours'].value * HOUR, regulation)
}

/** A moment `left` milliseconds later, of which only those of the daytime window count. */
export function laterByDay(sentAt: Date, left: number, regulation: Regulation): Date {
  const offset = regulation.utc_offset_minutes
  const opens = regulation.values['invitation.window_opens_hour'].value * HOUR
  const closes = regulation.values['invitation.window_closes_hour'].value * HOUR
  if (closes <= opens) throw new Error(`regulation ${regulation.id} has an empty answer window`)
  let day = civilDay(sentAt, offset)
  let from = sentAt.getTime()
  for (;;) {
    const midnight = startOfDay(day, offset).getTime()
    const start = Math.max(from, midnight + opens)
    const room = Math.max(0, midnight + closes - start)
    if (left <= room) return new Date(start + left)
    left -= room
    day = addDays(day, 1)
    from = startOfDay(day, offset).getTime()
  }
}
