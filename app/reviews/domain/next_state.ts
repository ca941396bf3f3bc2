import { fail, ok, type Result } from '#lib/result'
import type { Conclusion, ReviewActor, ReviewState } from './states.ts'
import { type Transition, TRANSITIONS } from './transitions.ts'

/** What a transition may depend on. `interrupted` is the state that a pause or a suspension broke into. */
export type ReviewFacts = {
  review_required: boolean
  conclusion: Conclusion | null
  interrupted: ReviewState | null
}

export type Move = { to: ReviewState; rule: string; next_round: boolean }

export type MoveError =
  | { code: 'event_not_possible_now'; state: ReviewState; event: string; possible: string[] }
  | { code: 'actor_may_not'; event: string; actor: ReviewActor; by: readonly ReviewActor[] }
  | { code: 'facts_do_not_allow'; event: string; rule: string }

/**
 * Rule MEET-8 and the life of a review. The state that an event of this actor leads to, with the rule
 * behind it; or why it does not: not in this state, not by this actor, or not with this conclusion or kind.
 */
export function nextState(
  state: ReviewState,
  event: string,
  actor: ReviewActor,
  facts: ReviewFacts
): Result<Move, MoveError> {
  const here = TRANSITIONS.filter((one) => one.from.includes(state))
  const named = here.filter((one) => one.event === event)
  if (named.length === 0) {
    const possible = [...new Set(here.map((one) => one.event))]
    return fail({ code: 'event_not_possible_now', state, event, possible })
  }
  const allowed = named.filter((one) => one.by.includes(actor))
  if (allowed.length === 0) {
    return fail({ code: 'actor_may_not', event, actor, by: [...new Set(named.flatMap((one) => one.by))] })
  }
  const found = allowed.find((one) => factsAllow(one, facts))
  if (found === undefined) return fail({ code: 'facts_do_not_allow', event, rule: allowed[0]!.rule })
  const to = found.to === 'WHERE_IT_WAS' ? facts.interrupted : found.to
  if (to === null) return fail({ code: 'facts_do_not_allow', event, rule: found.rule })
  return ok({ to, rule: found.rule, next_round: found.next_round ?? false })
}

/** The events that this actor may cause now; for buttons that only show what works. */
export function possibleEvents(state: ReviewState, actor: ReviewActor, facts: ReviewFacts): string[] {
  const possible = TRANSITIONS.filter(
    (one) => one.from.includes(state) && one.by.includes(actor) && factsAllow(one, facts)
  )
  return [...new Set(possible.map((one) => one.event))]
}

function factsAllow({ when, to }: Transition, facts: ReviewFacts): boolean {
  if (to === 'WHERE_IT_WAS' && facts.interrupted === null) return false
  if (when?.review_required !== undefined && when.review_required !== facts.review_required) return false
  return (
    when?.conclusion === undefined ||
    (facts.conclusion !== null && when.conclusion.includes(facts.conclusion))
  )
}
