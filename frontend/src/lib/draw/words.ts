import { getLocale } from '#paraglide/runtime.js'
import { m } from '#paraglide/messages.js'
import type { CallOutcome, Word } from './types.ts'

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
  not_reached: m.leave_reason_not_reached,
}
export const DECLINE_REASONS = ['away', 'other_duty', 'health', 'other']
export const RECUSAL_REASONS = ['employed_by_party', 'advised_on_plan', 'relative', 'business', 'other']

/** What came of a telephone call. */
export const callTexts: Record<CallOutcome, () => string> = {
  no_answer: m.call_no_answer,
  busy: m.call_busy,
  switched_off: m.call_switched_off,
  wrong_number: m.call_wrong_number,
  said_accepts: m.call_said_accepts,
  said_declines: m.call_said_declines,
  said_interest: m.call_said_interest,
}

/** The same, to the one who was called. */
export const callToMeTexts: Record<CallOutcome, () => string> = {
  no_answer: m.call_me_no_answer,
  busy: m.call_me_busy,
  switched_off: m.call_me_switched_off,
  wrong_number: m.call_me_wrong_number,
  said_accepts: m.call_me_said_accepts,
  said_declines: m.call_me_said_declines,
  said_interest: m.call_me_said_interest,
}

/** What is answered by confirming. */
export const confirmTexts: Partial<Record<CallOutcome, () => string>> = {
  said_accepts: m.call_confirm_accepts,
  said_declines: m.call_confirm_declines,
  said_interest: m.call_confirm_interest,
}

export const CONTACT_PURPOSES = ['call_out', 'meeting_notice', 'contact_for_review'] as const
const purposes: Record<string, () => string> = {
  call_out: m.contact_purpose_call_out,
  meeting_notice: m.contact_purpose_meeting_notice,
  contact_for_review: m.contact_purpose_other,
  supervision: m.supervision_purpose_supervision,
}
/** Why somebody looked at contact data. */
export const purposeText = (code: string): string => purposes[code]?.() ?? code

/** Why the witness's number is not there. */
const witnessTexts: Record<string, () => string> = {
  witness_unreachable: m.draw_witness_unreachable,
  witness_missing: m.draw_witness_missing,
  witness_not_cosigned: m.draw_witness_not_cosigned,
  witness_proof_wrong: m.draw_witness_proof_wrong,
  plan_already_drawn: m.draw_witness_plan_drawn,
  plan_looks_drawn: m.draw_witness_looks_drawn,
  plan_identity: m.draw_witness_identity,
  round_before_missing: m.draw_witness_round_missing,
  round_before_unknown: m.draw_witness_round_unknown,
  round_before_late: m.draw_witness_round_missing,
  ledger_not_cosigned: m.draw_witness_not_cosigned,
  entry_not_included: m.draw_witness_inconsistent,
  beacon_round_out: m.draw_witness_round_out,
}
export function witnessText(code: string): string {
  return witnessTexts[code]?.() ?? m.draw_witness_refuses({ code })
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
