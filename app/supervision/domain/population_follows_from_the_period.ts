import { civilDay } from '#core/regulation/calendar'
import { fail, ok, type Result } from '#lib/result'
import { compareIds } from '#lib/draw/read'
import type { Scope } from '#supervision/models/spot_check'

/** A review as far as it decides whether it is on a list. */
export interface ConcludedReview {
  readonly number: string
  /** When it was concluded for the first time. */
  readonly concludedAt: Date
  readonly conclusion: string | null
  readonly categories: readonly string[]
}

/** Rule SUP-1. The reviews to sample from follow from kind, category and civil days; nobody puts them together. */
export function populationOf(
  reviews: readonly ConcludedReview[],
  { kind, category, from, to }: Scope,
  utcOffsetMinutes: number
): string[] {
  const numbers = reviews
    .filter(({ concludedAt, conclusion, categories }) => {
      const day = civilDay(concludedAt, utcOffsetMinutes)
      return (
        from <= day &&
        day <= to &&
        (kind === 'concluded' || conclusion === 'REVISE') &&
        (category === null || categories.includes(category))
      )
    })
    .map(({ number }) => number)
  return [...new Set(numbers)].sort(compareIds)
}

export type PeriodError = { code: 'E_PERIOD_BACKWARDS' } | { code: 'E_PERIOD_NOT_OVER'; lastDay: string }

/** Rule SUP-1. Only days that are over: a list that may still grow can be waited for until it pleases. */
export function periodIsOver(
  { from, to }: Pick<Scope, 'from' | 'to'>,
  today: string,
  yesterday: string
): Result<null, PeriodError> {
  if (to < from) return fail({ code: 'E_PERIOD_BACKWARDS' })
  return to < today ? ok(null) : fail({ code: 'E_PERIOD_NOT_OVER', lastDay: yesterday })
}
