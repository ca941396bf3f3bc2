import { fail, ok, type Result } from '#lib/result'
import type { OpinionState } from './opinions_stay_sealed.ts'

export type OpinionActor = 'author' | 'leader' | 'contractor' | 'program'
export type OpinionTransition = {
  event: string
  from: readonly OpinionState[]
  to: OpinionState
  by: readonly OpinionActor[]
  rule: string
  reason_needed?: true
}

/** Rules CONC-4, PLAN-6, REP-3: the life of one opinion. Undoing a merge or an omission brings it back. */
export const OPINION_TRANSITIONS: readonly OpinionTransition[] = [
  { event: 'submit', from: ['DRAFT'], to: 'SUBMITTED', by: ['author'], rule: 'PLAN-6' },
  { event: 'reveal', from: ['SUBMITTED'], to: 'REVEALED', by: ['program'], rule: 'PLAN-6' },
  { event: 'merge', from: ['REVEALED'], to: 'MERGED', by: ['leader'], rule: 'CONC-4' },
  {
    event: 'leave_out',
    from: ['REVEALED'],
    to: 'LEFT_OUT',
    by: ['leader'],
    rule: 'CONC-4',
    reason_needed: true,
  },
  {
    event: 'take_back',
    from: ['MERGED', 'LEFT_OUT', 'CONFIRMED', 'OBJECTED'],
    to: 'REVEALED',
    by: ['leader'],
    rule: 'CONC-4',
  },
  {
    event: 'confirm',
    from: ['MERGED', 'LEFT_OUT', 'OBJECTED'],
    to: 'CONFIRMED',
    by: ['author'],
    rule: 'CONC-4',
  },
  {
    event: 'object',
    from: ['MERGED', 'LEFT_OUT', 'CONFIRMED'],
    to: 'OBJECTED',
    by: ['author'],
    rule: 'CONC-4',
    reason_needed: true,
  },
  { event: 'finalise', from: ['CONFIRMED', 'OBJECTED'], to: 'FINAL', by: ['program'], rule: 'CONC-4' },
  { event: 'answer', from: ['FINAL', 'REJECTED'], to: 'ANSWERED', by: ['contractor'], rule: 'REP-3' },
  { event: 'verify', from: ['ANSWERED'], to: 'VERIFIED', by: ['leader'], rule: 'REP-3' },
  { event: 'reject', from: ['ANSWERED'], to: 'REJECTED', by: ['leader'], rule: 'REP-3', reason_needed: true },
]

export type OpinionMoveError = { code: 'event_not_possible_now' | 'actor_may_not' | 'reason_missing' }

export function nextOpinionState(
  state: OpinionState,
  event: string,
  actor: OpinionActor,
  reason = ''
): Result<OpinionState, OpinionMoveError> {
  const found = OPINION_TRANSITIONS.find((one) => one.event === event && one.from.includes(state))
  if (found === undefined) return fail({ code: 'event_not_possible_now' })
  if (!found.by.includes(actor)) return fail({ code: 'actor_may_not' })
  if (found.reason_needed && reason.trim() === '') return fail({ code: 'reason_missing' })
  return ok(found.to)
}
