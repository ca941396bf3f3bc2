import { civilDay } from '#core/regulation/calendar'

const MINUTE = 60_000

/** 2026年3月18日, by the jurisdiction's civil day. */
export function printedDay(at: Date, offsetMinutes: number): string {
  const [year, month, day] = civilDay(at, offsetMinutes).split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** 14:05. */
export function printedClock(at: Date, offsetMinutes: number): string {
  return new Date(at.getTime() + offsetMinutes * MINUTE).toISOString().slice(11, 16)
}

/** 2026-03-18 14:05:09, as signatures show it. */
export function printedSecond(at: Date, offsetMinutes: number): string {
  return new Date(at.getTime() + offsetMinutes * MINUTE).toISOString().slice(0, 19).replace('T', ' ')
}

/** 2026年3月18日 14:00—16:40; both days where a meeting ran past midnight. */
export function printedSpan(from: Date, until: Date, offsetMinutes: number): string {
  const sameDay = civilDay(from, offsetMinutes) === civilDay(until, offsetMinutes)
  const end = printedClock(until, offsetMinutes)
  const start = `${printedDay(from, offsetMinutes)} ${printedClock(from, offsetMinutes)}`
  return `${start}—${sameDay ? end : `${printedDay(until, offsetMinutes)} ${end}`}`
}
