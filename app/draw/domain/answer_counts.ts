import { fail, ok, type Result } from '#lib/result'
import type { Regulation } from '#core/regulation/types'

export type InvitationAnswer = {
  kind: 'accept' | 'decline' | 'recuse'
  given_at: Date
  /** `note`: what an agency wrote down of a telephone call. */
  from: 'expert' | 'note'
  confirmed_by_expert_at: Date | null
  reason: string
}

export type AnswerError = { code: 'note_not_confirmed' | 'answered_too_late' | 'reason_missing' }

/**
 * Rule DRAW-7. An answer counts when the expert gave it, or confirmed what an agency noted from a call, by
 * the deadline; excusing oneself (主动回避) needs a reason. An interest may be declared after it all the same.
 */
export function answerCounts(answer: InvitationAnswer, deadline: Date): Result<Date, AnswerError> {
  const at = answer.from === 'expert' ? answer.given_at : answer.confirmed_by_expert_at
  if (at === null) return fail({ code: 'note_not_confirmed' })
  if (answer.kind === 'recuse') return answer.reason.trim() === '' ? fail({ code: 'reason_missing' }) : ok(at)
  return at.getTime() > deadline.getTime() ? fail({ code: 'answered_too_late' }) : ok(at)
}

/** Rule DRAW-7. Whether a place may be refilled once more; after the last the management centre decides. */
export function replacementAllowed(
  replacementsSoFar: number,
  regulation: Regulation
): Result<{ number: number }, { code: 'replacements_used_up'; have: number; most: number }> {
  const most = regulation.values['draw.maximum_replacements'].value
  if (replacementsSoFar >= most) return fail({ code: 'replacements_used_up', have: replacementsSoFar, most })
  return ok({ number: replacementsSoFar + 1 })
}
