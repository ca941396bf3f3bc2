/** Pure rules that rules of later modules build on; `public.ts` is for everything that does something. */
export { nextState } from '#reviews/domain/next_state'
export { REVIEW_STATES, type Conclusion, type ReviewActor, type ReviewState } from '#reviews/domain/states'
