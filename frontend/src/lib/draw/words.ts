import { getLocale } from '#paraglide/runtime.js'
import { m } from '#paraglide/messages.js'
import type { Word } from './types.ts'

/** The regulation's word for a code, in the reader's language. */
export function word(list: readonly Word[], code: string): string {
  const found = list.find((one) => one.code === code)
  if (!found) return code
  return getLocale() === 'en' ? found.en : found.zh
}

export function words(list: readonly Word[], codes: readonly string[]): string {
  return codes.map((code) => word(list, code)).join(m.draw_list_separator())
}

/** A specialty as the draw counts it: several main ones are joined by "+". */
export function specialtyText(list: readonly Word[], code: string): string {
  return words(list, code.split('+'))
}

/** How many of the ten may have a specialty. */
export function quotaText({ min, max }: { min: number; max: number }): string {
  if (min === max) return m.draw_quota_exactly({ count: min })
  return min === 0 ? m.draw_quota_at_most({ max }) : m.draw_quota_range({ min, max })
}

/** Why somebody is out, in the words of the pool's table. */
export const exclusionTexts: Record<string, () => string> = {
  party_employer: m.draw_excluded_party,
  party_former_employer: m.draw_excluded_former,
  party_group: m.draw_excluded_group,
  specialty: m.draw_excluded_specialty,
  declared_interest: m.draw_excluded_interest,
  reviewed_this_plan: m.draw_excluded_reviewed,
  monthly_cap: m.draw_excluded_monthly,
  on_leave: m.draw_excluded_leave,
  suspended: m.draw_excluded_suspended,
  term_expired: m.draw_excluded_term,
  not_listed: m.draw_excluded_not_listed,
  over_age_limit: m.draw_excluded_age,
  grade: m.draw_excluded_grade,
}

export const reasonTexts: Record<string, () => string> = {
  away: m.leave_reason_away,
  other_duty: m.leave_reason_other_duty,
  health: m.leave_reason_health,
  other: m.leave_reason_other,
  employed_by_party: m.leave_reason_employed_by_party,
  advised_on_plan: m.leave_reason_advised_on_plan,
  relative: m.leave_reason_relative,
  business: m.leave_reason_business,
}

export const modeTexts: Record<string, () => string> = { remote: m.mode_remote, on_site: m.mode_on_site }

/** 1,284: decimal text of any length, by thousands. */
export function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

/** 10.00 %: the exact fraction, rounded to two places for reading. */
export function percent(value: number): string {
  return `${(value * 100).toFixed(2)} %`
}
