import { newId } from '#core/ids'
import type { UnitOfWork } from '#ledger/public'

/** Opens a round of a plan's review. Round 1 begins with the first draft; each later one after a 不通过. */
export async function createReview(
  unit: UnitOfWork,
  input: { planId: string; round: number }
): Promise<string> {
  const id = newId()
  await unit.insert('reviews', {
    id,
    number: null,
    plan_id: input.planId,
    round: input.round,
    state: 'DRAFT',
    state_since: unit.at,
    review_required: false,
    conclusion: null,
    interrupted: null,
    regulation_id: null,
    regulation_version: null,
    regulation_hash: null,
    created_at: unit.at,
  })
  unit.entry({
    stream: reviewStream(id),
    type: 'review.opened',
    payload: { plan: input.planId, round: input.round },
  })
  return id
}

/** Everything about one review is one stream of the log. */
export function reviewStream(reviewId: string): string {
  return `review/${reviewId}`
}
