import { clock, dateTime, dayWithWeekday } from '../ui/format.ts'

/** A deadline as rules word it: what ends with a day ends at its 24:00, not at 0:00 of the next. */
export function dueTime(at: string): string {
  return clock(at) === '00:00' ? `${dayWithWeekday(new Date(Date.parse(at) - 1))} 24:00` : dateTime(at)
}
