import type { ReviewState } from '#reviews/domain/states'
import type { Review } from '#reviews/queries/reviews'

export interface ReviewMoved {
  readonly review: Review
  readonly from: ReviewState
  readonly event: string
}

type Listener = (moved: ReviewMoved) => void | Promise<void>
const listeners: Listener[] = []

/** Called after the move is durable. What must happen with the move itself belongs into its transaction. */
export function onReviewMoved(listener: Listener): void {
  listeners.push(listener)
}

export async function announceMove(moved: ReviewMoved): Promise<void> {
  for (const listener of listeners) await listener(moved)
}
