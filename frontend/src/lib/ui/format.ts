import { getLocale } from '#paraglide/runtime.js'
import { m } from '#paraglide/messages.js'

const zone = 'Asia/Shanghai'

interface Parts {
  year: number
  month: number
  day: number
  hour: string
  minute: string
  second: string
  weekday: number
}

const reader = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  weekday: 'short',
  hourCycle: 'h23',
})
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const chineseWeekdays = '日一二三四五六'

/** The wall clock of Asia/Shanghai at an instant (ISO string or Date). */
export function shanghai(at: string | Date): Parts {
  const parts: Record<string, string> = {}
  for (const part of reader.formatToParts(new Date(at))) parts[part.type] = part.value
  return {
    year: Number(parts.year),
    month: Number(parts.month),
    day: Number(parts.day),
    hour: parts.hour ?? '00',
    minute: parts.minute ?? '00',
    second: parts.second ?? '00',
    weekday: weekdays.indexOf(parts.weekday ?? 'Sun'),
  }
}

/** 周三, Wed. */
export function weekday(at: string | Date): string {
  const { weekday: index } = shanghai(at)
  return getLocale() === 'en' ? weekdays[index]! : `周${chineseWeekdays[index]}`
}

/** 3月18日, 18 Mar; with the year 2026年3月18日, 18 Mar 2026. */
export function day(at: string | Date, options: { year?: boolean } = {}): string {
  const { year, month, day: date } = shanghai(at)
  if (getLocale() === 'en') return `${date} ${months[month - 1]}${options.year ? ` ${year}` : ''}`
  return `${options.year ? `${year}年` : ''}${month}月${date}日`
}

/** 3月18日 周三, Wed 18 Mar. */
export function dayWithWeekday(at: string | Date, options: { year?: boolean } = {}): string {
  return getLocale() === 'en' ? `${weekday(at)} ${day(at, options)}` : `${day(at, options)} ${weekday(at)}`
}

/** 14:30. */
export function clock(at: string | Date): string {
  const { hour, minute } = shanghai(at)
  return `${hour}:${minute}`
}

/** In sentences: 3月18日 周三 14:30, Wed 18 Mar 14:30. */
export function dateTime(at: string | Date, options: { year?: boolean } = {}): string {
  return `${dayWithWeekday(at, options)} ${clock(at)}`
}

/** In tables: 2026-03-18 14:30, with seconds where evidence is shown. */
export function tableTime(at: string | Date, options: { seconds?: boolean } = {}): string {
  const { hour, minute, second } = shanghai(at)
  return `${tableDay(at)} ${hour}:${minute}${options.seconds ? `:${second}` : ''}`
}

/** 2026-03-18. */
export function tableDay(at: string | Date): string {
  const { year, month, day: date } = shanghai(at)
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}

/** For feeds: the time today, 昨天, else the day. */
export function feedTime(at: string | Date, now: string | Date): string {
  const away = calendarDaysBetween(at, now)
  if (away === 0) return clock(at)
  if (away === 1) return m.yesterday()
  return day(at)
}

/** For an appointment: 今天下午, 明天上午, else 3月18日 周三. */
export function dayPart(at: string | Date, now: string | Date): string {
  const away = calendarDaysBetween(now, at)
  if (away !== 0 && away !== 1) return dayWithWeekday(at)
  const hour = Number(shanghai(at).hour)
  if (away === 0) return hour < 12 ? m.today_morning() : hour < 18 ? m.today_afternoon() : m.today_evening()
  return hour < 12 ? m.tomorrow_morning() : hour < 18 ? m.tomorrow_afternoon() : m.tomorrow_evening()
}

/** Days of the calendar of Asia/Shanghai from one instant to another; negative when `to` is earlier. */
export function calendarDaysBetween(from: string | Date, to: string | Date): number {
  const midnight = (at: string | Date) => Date.parse(`${tableDay(at)}T00:00:00Z`)
  return Math.round((midnight(to) - midnight(from)) / 86_400_000)
}

/** A length of time in its two largest units: 6 天, 2 小时 40 分, 38 分钟. `ms` ≥ 0. */
export function duration(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / 60_000))
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (days >= 3) return m.duration_days({ days })
  if (days >= 1) {
    const rest = hours % 24
    return rest === 0 ? m.duration_days({ days }) : m.duration_days_hours({ days, hours: rest })
  }
  if (hours >= 1) {
    const rest = minutes % 60
    return rest === 0 ? m.duration_hours({ hours }) : m.duration_hours_minutes({ hours, minutes: rest })
  }
  return m.duration_minutes({ minutes })
}

/** 1,284. */
export function number(value: number, fractionDigits?: number): string {
  return value.toLocaleString('en', {
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits ?? 20,
  })
}

/** 186 MB; decimal units, as operating systems show them. `size` in bytes. */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`
  if (size < 1_000_000) return `${Math.round(size / 1000)} kB`
  if (size < 10_000_000) return `${(size / 1_000_000).toFixed(1)} MB`
  return `${Math.round(size / 1_000_000)} MB`
}

/** e0d2 747b 9ab7 abb6 … bf54: groups of four, the middle cut; `head` and `tail` count groups. */
export function hashInFours(value: string, head = 4, tail = 1): string {
  const groups = value.match(/.{1,4}/g) ?? []
  if (groups.length <= head + tail) return groups.join(' ')
  return [...groups.slice(0, head), '…', ...groups.slice(groups.length - tail)].join(' ')
}

/** e0d2747b…6f66, for narrow table cells. */
export function hashShort(value: string): string {
  return value.length <= 13 ? value : `${value.slice(0, 8)}…${value.slice(-4)}`
}
