import { addYears } from '#core/regulation/calendar'
import type { Regulation } from '#core/regulation/types'
import type { DrawFacts, Employment, Exclusion, ExpertFacts } from './facts.ts'

/**
 * Rule DRAW-5 (Order 37, article 12; NN 2(3)). An expert of a party's present or recent employer, or with
 * an interest of their own, can't sit. "Recent" and whether a company of the same group counts are values.
 */
export function partyExclusions(expert: ExpertFacts, draw: DrawFacts, regulation: Regulation): Exclusion[] {
  const since = addYears(draw.meeting_day, -regulation.values['draw.recent_employer_years'].value)
  const groups = regulation.values['draw.group_counts_as_employer'].value
  const counted = expert.employments.filter((one) => counts(one, since, draw.meeting_day))
  const kinds = draw.parties
    .filter((party) =>
      counted.some(
        (one) =>
          one.employer_id === party.organisation_id ||
          (groups && one.group_id !== null && one.group_id === party.group_id)
      )
    )
    .map((party) => party.kind)
  const found: Exclusion[] = [...new Set(kinds)].map((detail) => ({
    rule: 'DRAW-5',
    code: 'party_employer',
    detail,
  }))
  return expert.declared_interest ? [...found, { rule: 'DRAW-5', code: 'declared_interest' }] : found
}

/** Lasting, ended on or after `since`, or retired from. */
function counts(employment: Employment, since: string, day: string): boolean {
  if (employment.from > day) return false
  return employment.until === null || employment.retired_from || employment.until >= since
}
