import {
  addDays,
  addYears,
  afterDays,
  afterWorkingDays,
  civilDay,
  type Deadline,
  startOfDay,
} from '#core/regulation/calendar'
import type { Regulation } from '#core/regulation/types'

/** Rule REG-1. 24:00 of the last day of publicity, counted from the day after it was published. */
export function publicityEnds(publishedAt: Date, regulation: Regulation): Date {
  const days = regulation.values['library.publicity_days'].value
  return afterDays(publishedAt, days, regulation.utc_offset_minutes, false).at
}

/** Rule REG-3. The last day (YYYY-MM-DD, included) of a term that begins on the day of `listedAt`. */
export function termUntil(listedAt: Date, regulation: Regulation): string {
  const begins = civilDay(listedAt, regulation.utc_offset_minutes)
  return addDays(addYears(begins, regulation.values['library.term_years'].value), -1)
}

/** Rule REG-3. Whether a term is over at this instant: from 0:00 of the day after its last. */
export function termIsOver(until: string, now: Date, regulation: Regulation): boolean {
  return now >= startOfDay(addDays(until, 1), regulation.utc_offset_minutes)
}

/** Rule REG-4 (NN 5(5)). Class hours of a calendar year: those with evidence count, in minutes to be exact. */
export function studyHours(
  sessions: readonly { day: string; minutes: number; recognised: boolean; evidence_id: string | null }[],
  year: number,
  regulation: Regulation
): { minutes: number; missing_minutes: number } {
  const counted = sessions.filter(
    (one) => one.recognised && one.evidence_id !== null && one.day.startsWith(`${year}-`)
  )
  const minutes = counted.reduce((sum, one) => sum + one.minutes, 0)
  const need = regulation.values['library.study_hours_per_year'].value * 60
  return { minutes, missing_minutes: Math.max(0, need - minutes) }
}

/** Rule EVAL-3. When an appeal against a published assessment is due. */
export function appealDeadline(publishedAt: Date, regulation: Regulation): Deadline {
  const days = regulation.values['assessment.appeal_working_days'].value
  return afterWorkingDays(publishedAt, days, regulation.utc_offset_minutes)
}
