import { addDays, addYears } from '#core/regulation/calendar'
import type { Regulation } from '#core/regulation/types'
import { fail, ok, type Result } from '#lib/result'

/** First and last day of a term (聘期), YYYY-MM-DD, both included. */
export interface Term {
  readonly from: string
  readonly until: string
}

export type TermError =
  { code: 'E_DAYS_OUT_OF_ORDER' } | { code: 'E_TERM_NOT_LONGER'; until: string } | { code: 'E_TERM_OVER' }

/**
 * Rule REG-3. A term that is renewed while it runs goes on without a gap; one that is over begins anew today.
 * `until` null: the length that the regulation sets.
 */
export function renewedTerm(
  term: Term,
  until: string | null,
  today: string,
  regulation: Regulation
): Result<Term, TermError> {
  const running = term.until >= today
  const begins = running ? addDays(term.until, 1) : today
  const last = until ?? addDays(addYears(begins, regulation.values['library.term_years'].value), -1)
  if (last <= term.until) return fail({ code: 'E_TERM_NOT_LONGER', until: term.until })
  if (last < today) return fail({ code: 'E_TERM_OVER' })
  return ok({ from: running ? term.from : today, until: last })
}

/** Rule REG-3. A term that was entered wrongly; ending one early is a change of standing (REG-1). */
export function correctedTerm(term: Term): Result<Term, TermError> {
  return term.until < term.from ? fail({ code: 'E_DAYS_OUT_OF_ORDER' }) : ok(term)
}
