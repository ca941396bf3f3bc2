export { advance, setReviewFacts, type Advance, type AdvanceError } from '#reviews/actions/advance'
export { createReview, reviewStream } from '#reviews/actions/create_review'
export { openNextRound } from '#reviews/actions/open_next_round'
export { onReviewMoved, type ReviewMoved } from '#reviews/events/review_moved'
export { lockReview, reviewById, reviewOfPlan, transitionsOf, type Review } from '#reviews/queries/reviews'
export { nextState, possibleEvents } from '#reviews/domain/next_state'
export { REVIEW_STATES, type Conclusion, type ReviewActor, type ReviewState } from '#reviews/domain/states'
export {
  answersDeadline,
  earliestMeeting,
  filingDeadline,
  latestDelivery,
  leaderCheckDeadline,
} from '#reviews/domain/deadlines'
export { invitationAnswerDeadline, laterByDay } from '#reviews/domain/invitation_answer_deadline'
