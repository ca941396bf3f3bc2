import { civilDay, startOfDay } from '#core/regulation/calendar'
import type { Regulation } from '#core/regulation/types'
import { fail, ok, type Result } from '#lib/result'

/** Nobody was spoken to. */
export const UNREACHED = ['no_answer', 'busy', 'switched_off', 'wrong_number'] as const
/** What the expert said, as the caller heard it: it counts once the expert has confirmed it. */
export const SAID = ['said_accepts', 'said_declines', 'said_interest'] as const
export const CALL_OUTCOMES = [...UNREACHED, ...SAID] as const
export type CallOutcome = (typeof CALL_OUTCOMES)[number]

/** The answer that each amounts to. */
export const WHAT_WAS_SAID: Partial<Record<CallOutcome, 'accept' | 'decline' | 'recuse'>> = {
  said_accepts: 'accept',
  said_declines: 'decline',
  said_interest: 'recuse',
}

export interface Call {
  readonly called_at: Date
  readonly outcome: CallOutcome
  readonly response: 'confirmed' | 'contradicted' | null
}

export type CallError =
  | { code: 'E_CALL_TOO_SOON'; earliest: string }
  | { code: 'E_CALL_AT_NIGHT'; opens: number; closes: number }
  | { code: 'E_CALLS_USED_UP'; need: number }
  | { code: 'E_CALL_WAITS_FOR_EXPERT' }

const HOUR = 3_600_000
const MINUTE = 60_000

/** Calls that were in vain and that the expert has not contradicted. */
export function inVain(calls: readonly Call[]): number {
  const unreached: readonly string[] = UNREACHED
  return calls.filter(({ outcome, response }) => unreached.includes(outcome) && response !== 'contradicted')
    .length
}

/** Rule DRAW-7. Whoever could not be reached by as many calls as the regulation asks for counts as not reached. */
export function notReached(calls: readonly Call[], { values }: Regulation): boolean {
  return inVain(calls) >= values['call_out.attempts'].value
}

/**
 * Rule DRAW-7. Whether one more call to the holder of an open invitation may be noted: by day, some time after the
 * last, and not while the expert has yet to say whether they said what was noted. `calls` are of this invitation.
 */
export function callMayBeNoted(
  calls: readonly Call[],
  at: Date,
  regulation: Regulation
): Result<{ number: number }, CallError> {
  const { values, utc_offset_minutes: offset } = regulation
  const opens = values['invitation.window_opens_hour'].value
  const closes = values['invitation.window_closes_hour'].value
  const hour = (at.getTime() - startOfDay(civilDay(at, offset), offset).getTime()) / HOUR
  if (hour < opens || hour >= closes) return fail({ code: 'E_CALL_AT_NIGHT', opens, closes })
  if (notReached(calls, regulation))
    return fail({ code: 'E_CALLS_USED_UP', need: values['call_out.attempts'].value })
  const said: readonly string[] = SAID
  if (calls.some(({ outcome, response }) => said.includes(outcome) && response === null))
    return fail({ code: 'E_CALL_WAITS_FOR_EXPERT' })
  const last = Math.max(0, ...calls.map(({ called_at }) => called_at.getTime()))
  const earliest = last + values['call_out.minutes_apart'].value * MINUTE
  if (at.getTime() < earliest)
    return fail({ code: 'E_CALL_TOO_SOON', earliest: new Date(earliest).toISOString() })
  return ok({ number: calls.length + 1 })
}
