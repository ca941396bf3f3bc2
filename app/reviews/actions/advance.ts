import { newId } from '#core/ids'
import { fail, ok, type Result } from '#lib/result'
import type { UnitOfWork } from '#ledger/public'
import { reviewStream } from '#reviews/actions/create_review'
import { nextState, type MoveError } from '#reviews/domain/next_state'
import type { ReviewActor, ReviewState } from '#reviews/domain/states'
import { lockReview, type Review } from '#reviews/queries/reviews'
import { announceMove } from '#reviews/events/review_moved'

export type AdvanceError = {
  code: 'E_REVIEW_STATE'
  state: ReviewState
  event: string
  why: MoveError['code']
}

export interface Advance {
  readonly reviewId: string
  readonly event: string
  readonly as: ReviewActor
  readonly reason?: string
  /** More for the ledger entry of this step. */
  readonly payload?: Record<string, unknown>
}

const INTERRUPTS = ['pause', 'suspend']

/**
 * Moves a review along its life, in the caller's transaction. The row lock makes the second of two clicks
 * see what the first one did.
 */
export async function advance(unit: UnitOfWork, step: Advance): Promise<Result<Review, AdvanceError>> {
  const review = await lockReview(unit.trx, step.reviewId)
  const facts = {
    review_required: review.reviewRequired,
    conclusion: review.conclusion,
    interrupted: review.interrupted,
  }
  const move = nextState(review.state, step.event, step.as, facts)
  if (!move.ok)
    return fail({ code: 'E_REVIEW_STATE', state: review.state, event: step.event, why: move.error.code })
  const interrupted = INTERRUPTS.includes(step.event) ? review.state : null
  const set = { state: move.value.to, state_since: unit.at, interrupted }
  await unit.update('reviews', review.id, set)
  await unit.insert('review_transitions', {
    id: newId(),
    review_id: review.id,
    from_state: review.state,
    to_state: move.value.to,
    event: step.event,
    by_user_id: unit.actor.userId,
    by_kind: step.as,
    reason: step.reason ?? null,
    at: unit.at,
  })
  unit.entry({
    stream: reviewStream(review.id),
    type: `review.${step.event}`,
    payload: {
      ...step.payload,
      from: review.state,
      to: move.value.to,
      rule: move.value.rule,
      reason: step.reason ?? null,
    },
  })
  const moved = { ...review, state: move.value.to, interrupted, stateSince: unit.at }
  unit.afterCommit(() => announceMove({ review: moved, from: review.state, event: step.event }))
  return ok(moved)
}

/** Facts that transitions depend on, told by the module that knows them. */
export async function setReviewFacts(
  unit: UnitOfWork,
  reviewId: string,
  facts: {
    reviewRequired?: boolean
    conclusion?: 'PASS' | 'REVISE' | 'FAIL' | null
    number?: string
    regulation?: { id: string; version: string; hash: string }
  }
): Promise<void> {
  const set = {
    ...(facts.reviewRequired === undefined ? {} : { review_required: facts.reviewRequired }),
    ...(facts.conclusion === undefined ? {} : { conclusion: facts.conclusion }),
    ...(facts.number === undefined ? {} : { number: facts.number }),
    ...(facts.regulation
      ? {
          regulation_id: facts.regulation.id,
          regulation_version: facts.regulation.version,
          regulation_hash: facts.regulation.hash,
        }
      : {}),
  }
  await unit.update('reviews', reviewId, set)
}
