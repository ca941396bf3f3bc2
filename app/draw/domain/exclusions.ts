import type { Regulation } from '#core/regulation/types'
import { matchOf } from './expert_matches_the_plan.ts'
import type { DrawFacts, Exclusion, ExpertFacts } from './facts.ts'
import { riskOf } from './grade_fits_the_risk.ts'
import { partyExclusions } from './nobody_from_a_party_sits.ts'
import { earlierReviewExclusions } from './nobody_reviews_a_plan_for_two_organisers.ts'
import { tagsOf } from './tags_follow_from_the_works.ts'

/**
 * Rules REG-1, REG-3, DRAW-1, DRAW-5, DRAW-6, DRAW-8: every reason that keeps an expert out of this draw,
 * in a fixed order; an empty list means eligible. All reasons are given, since the list is committed.
 */
export function exclusionsOf(expert: ExpertFacts, draw: DrawFacts, regulation: Regulation): Exclusion[] {
  return [
    ...standing(expert, draw.meeting_day, regulation),
    ...match(expert, draw, regulation),
    ...partyExclusions(expert, draw, regulation),
    ...earlierReviewExclusions(expert, draw, regulation),
    ...workload(expert, draw.meeting_day, regulation),
  ]
}

/** Rules REG-1 and REG-3: listed, within the term on the day of the meeting, within an age limit if any. */
function standing(expert: ExpertFacts, day: string, regulation: Regulation): Exclusion[] {
  if (expert.state === 'suspended') return [{ rule: 'REG-1', code: 'suspended' }]
  if (expert.state === 'expired' || (expert.state === 'listed' && expert.term_until < day)) {
    return [{ rule: 'REG-3', code: 'term_expired' }]
  }
  if (expert.state !== 'listed') return [{ rule: 'REG-1', code: 'not_listed', detail: expert.state }]
  const limit = regulation.values['library.age_limit'].value
  const tooOld =
    limit !== null && expert.birth_year !== null && Number(day.slice(0, 4)) - expert.birth_year > limit
  return tooOld ? [{ rule: 'REG-3', code: 'over_age_limit' }] : []
}

function match(expert: ExpertFacts, draw: DrawFacts, regulation: Regulation): Exclusion[] {
  const found: Exclusion[] = []
  if (matchOf(expert, tagsOf(draw.works, regulation)) === null)
    found.push({ rule: 'DRAW-1', code: 'specialty' })
  const { grades, risk } = riskOf(draw.works, regulation)
  if (!grades.includes(expert.grade)) found.push({ rule: 'DRAW-8', code: 'grade', detail: risk })
  return found
}

/** Rules DRAW-8 and REG-3: the month's cap on reviews, and leave on the day of the meeting. */
function workload(expert: ExpertFacts, day: string, regulation: Regulation): Exclusion[] {
  const found: Exclusion[] = []
  if (expert.reviews_in_month >= regulation.values['draw.reviews_per_month'].value) {
    found.push({ rule: 'DRAW-8', code: 'monthly_cap' })
  }
  if (expert.leaves.some((leave) => leave.from <= day && day <= leave.until)) {
    found.push({ rule: 'REG-3', code: 'on_leave' })
  }
  return found
}
