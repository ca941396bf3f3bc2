import { getLocale } from '#paraglide/runtime.js'
import { m } from '#paraglide/messages.js'
import type { StateLook } from '../ui/states.ts'
import { word, words } from '../draw/words.ts'
import type { Change, Standing, Vocabulary } from './types.ts'

export const standingLooks: Record<Standing, StateLook> = {
  listed: { shape: 'done', tone: 'act', label: m.library_listed },
  ending: { shape: 'must', tone: 'due', label: m.library_ending },
  on_leave: { shape: 'pause', tone: 'none', label: m.library_on_leave },
  suspended: { shape: 'pause', tone: 'due', label: m.library_suspended },
  expired: { shape: 'ended', tone: 'off', label: m.library_expired },
  removed: { shape: 'ended', tone: 'off', label: m.library_removed },
}

/** 2027-08-01 — 2027-08-15; without an end 2027-08-01 起. */
export function dayRange(from: string | null, until: string | null): string {
  if (!from) return until ? m.library_until({ until }) : m.library_since_ever()
  return until ? `${from} — ${until}` : m.library_since({ from })
}

export const interestTexts: Record<string, () => string> = {
  relative: m.library_interest_relative,
  business: m.library_interest_business,
  advised: m.library_interest_advised,
  other: m.library_interest_other,
}

export const changeTexts: Record<string, () => string> = {
  employment: m.library_employments,
  leave: m.library_leaves,
  monthly_cap: m.library_cap_centre,
  own_monthly_cap: m.library_cap_own,
  term: m.library_term,
  grade: m.library_grade,
  specialties: m.library_tags,
  home_city: m.library_home_city,
  status: m.library_status,
  interest: m.library_interests,
}

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** One side of a change in words; — where there was or is nothing. */
export function changeSide(change: Change, side: 'before' | 'after', known: Vocabulary): string {
  const value = change[side]
  if (value === null) return '—'
  const range = dayRange(text(value.from) || null, text(value.until) || null)
  switch (change.what) {
    case 'employment':
      return `${text(value.employer)} ${range}${value.retiredFrom ? ` ${m.library_retired_from()}` : ''}`
    case 'leave':
    case 'term':
      return range
    case 'monthly_cap':
    case 'own_monthly_cap':
      return value.cap === null ? m.library_cap_none() : m.library_cap_value({ count: text(value.cap) })
    case 'grade':
      return word(known.grades, text(value.grade))
    case 'home_city':
      return value.city === null ? m.library_home_city_own() : word(known.cities, text(value.city))
    case 'status':
      return statusText(text(value.status))
    case 'specialties':
      return [words(known.specialties, list(value.specialties)), words(known.methods, list(value.methods))]
        .filter(Boolean)
        .join(' · ')
    case 'interest':
      return `${text(value.company)} ${interestTexts[text(value.kind)]?.() ?? ''}`
    default:
      return Object.values(value).map(text).join(' ')
  }
}

export function statusText(status: string): string {
  return standingLooks[status as Standing]?.label() ?? status
}

/** A list in the reader's language: 、 or a comma. */
export const joined = (parts: string[]) => parts.join(getLocale() === 'en' ? ', ' : '、')
