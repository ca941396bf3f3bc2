import { fail, ok, type Result } from '#lib/result'
import type { UnitOfWork } from '#ledger/public'
import type { AdvanceError } from '#reviews/actions/advance'
import { createReview, reviewStream } from '#reviews/actions/create_review'
import { nextState } from '#reviews/domain/next_state'
import type { Review } from '#reviews/queries/reviews'

/**
 * Rule REP-4. After 不通过 the plan goes back to its draft for a new round with a new draw; the round that failed stays
 * as it ended. The review is locked by whoever calls.
 */
export async function openNextRound(
  unit: UnitOfWork,
  review: Review
): Promise<Result<{ reviewId: string; round: number }, AdvanceError>> {
  const { state, conclusion, interrupted } = review
  const facts = { review_required: review.reviewRequired, conclusion, interrupted }
  const move = nextState(state, 'new_round', 'contractor', facts)
  if (!move.ok) return fail({ code: 'E_REVIEW_STATE', state, event: 'new_round', why: move.error.code })
  const round = review.round + 1
  const next = await createReview(unit, { planId: review.planId, round })
  unit.entry({ stream: reviewStream(review.id), type: 'review.new_round', payload: { next, round } })
  return ok({ reviewId: next, round })
}
