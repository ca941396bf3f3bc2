import { addYears } from '#core/regulation/calendar'
import type { Regulation } from '#core/regulation/types'
import type { DrawFacts, Employment, Exclusion, ExpertFacts } from './facts.ts'

/**
 * Rule DRAW-5 (Order 37, article 12; NN 2(3)). An expert of a party's present or recent employer, or with
 * an interest of their own, can't sit. "Recent" and whether a company of the same group counts are values.
 * Each party gives one reason, the nearest: it employs, it did, a company of its group does or did.
 */
export function partyExclusions(expert: ExpertFacts, draw: DrawFacts, regulation: Regulation): Exclusion[] {
  const since = addYears(draw.meeting_day, -regulation.values['draw.recent_employer_years'].value)
  const groups = regulation.values['draw.group_counts_as_employer'].value
  const counted = expert.employments.filter((one) => counts(one, since, draw.meeting_day))
  const found = draw.parties.flatMap((party): Exclusion[] => {
    const near = nearest(counted, party, groups)
    return near === null ? [] : [{ rule: 'DRAW-5', detail: party.kind, ...near }]
  })
  return expert.declared_interest ? [...found, { rule: 'DRAW-5', code: 'declared_interest' }] : found
}

function nearest(
  counted: readonly Employment[],
  party: DrawFacts['parties'][number],
  groups: boolean
): { code: string; employer: string } | null {
  const own = counted.filter((one) => one.employer_id === party.organisation_id)
  const present = own.find(({ until }) => until === null)
  if (present) return { code: 'party_employer', employer: present.name }
  if (own[0]) return { code: 'party_former_employer', employer: own[0].name }
  const sister = counted.find((one) => one.group_id !== null && one.group_id === party.group_id)
  return groups && sister ? { code: 'party_group', employer: sister.name } : null
}

/** Lasting, ended on or after `since`, or retired from. */
function counts(employment: Employment, since: string, day: string): boolean {
  if (employment.from > day) return false
  return employment.until === null || employment.retired_from || employment.until >= since
}
