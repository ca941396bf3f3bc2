/**
 * Civil days of the jurisdiction and China's working days. Instants are `Date`s (UTC); a civil day is
 * text, YYYY-MM-DD, in the jurisdiction's fixed offset (China has no summer time).
 */
// The package's table, not its functions: those build their days with the machine's offset, and a server
// west of Greenwich then rests on the wrong day.
import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }

const MINUTE = 60_000
const DAY = 86_400_000

/** `provisional`: the year's holidays are not published in our data, so a rest day may have been missed. */
export type Deadline = { at: Date; provisional: boolean }

export function civilDay(instant: Date, offsetMinutes: number): string {
  return new Date(instant.getTime() + offsetMinutes * MINUTE).toISOString().slice(0, 10)
}

/** 0:00 of a civil day, which is 24:00 of the day before. */
export function startOfDay(day: string, offsetMinutes: number): Date {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - offsetMinutes * MINUTE)
}

/** 24:00 of a civil day. */
export function endOfDay(day: string, offsetMinutes: number): Date {
  return startOfDay(addDays(day, 1), offsetMinutes)
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY).toISOString().slice(0, 10)
}

/** The same day some years on; 29 February gives 28 February where the year has none. */
export function addYears(day: string, years: number): string {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0')
  const moved = `${year}${day.slice(4)}`
  return Number.isNaN(Date.parse(moved)) || !moved.endsWith(new Date(moved).toISOString().slice(5, 10))
    ? `${year}-02-28`
    : moved
}

const HOLIDAYS: Readonly<Record<string, string>> = published.holidays
const MAKE_UP_DAYS: Readonly<Record<string, string>> = published.workdays

/** Whether the holiday calendar has data for the year of this day: every published year has its 1 January. */
export function hasHolidayData(day: string): boolean {
  return Object.hasOwn(HOLIDAYS, `${day.slice(0, 4)}-01-01`)
}

/** A working day by the published calendar (make-up Saturdays count, holidays don't), else by the weekday. */
export function isWorkingDay(day: string): boolean {
  if (Object.hasOwn(MAKE_UP_DAYS, day)) return true
  if (Object.hasOwn(HOLIDAYS, day)) return false
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** 24:00 of the n-th calendar day after the day of `from`, which is not counted itself. */
export function afterDays(from: Date, days: number, offsetMinutes: number, rollsOver: boolean): Deadline {
  let day = addDays(civilDay(from, offsetMinutes), days)
  let provisional = rollsOver && !hasHolidayData(day)
  while (rollsOver && !isWorkingDay(day)) {
    day = addDays(day, 1)
    provisional ||= !hasHolidayData(day)
  }
  return { at: endOfDay(day, offsetMinutes), provisional }
}

/** 24:00 of the n-th working day after the day of `from`, which is not counted itself. */
export function afterWorkingDays(from: Date, days: number, offsetMinutes: number): Deadline {
  let day = civilDay(from, offsetMinutes)
  let provisional = false
  for (let left = days; left > 0;) {
    day = addDays(day, 1)
    provisional ||= !hasHolidayData(day)
    if (isWorkingDay(day)) left -= 1
  }
  return { at: endOfDay(day, offsetMinutes), provisional }
}
