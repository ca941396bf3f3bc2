import type { Regulation } from '#core/regulation/types'
import type { DrawFacts, Exclusion, ExpertFacts } from './facts.ts'

/**
 * Rule DRAW-6 (NN 2(3)). Who had a place in an earlier review of this plan may return only for the same
 * organiser, under the same agency or none, and only where the regulation's value allows it.
 */
export function earlierReviewExclusions(
  expert: ExpertFacts,
  draw: DrawFacts,
  regulation: Regulation
): Exclusion[] {
  const mayReturn = regulation.values['draw.earlier_members_may_return'].value
  const barred = expert.earlier_reviews.some(
    (one) => !mayReturn || one.organiser_id !== draw.organiser_id || one.agency_id !== draw.agency_id
  )
  return barred ? [{ rule: 'DRAW-6', code: 'reviewed_this_plan' }] : []
}
