import { fail, ok, type Result } from '#lib/result'

/** Days are YYYY-MM-DD; `until` is the last day, null while it lasts. */
export interface EmploymentPeriod {
  readonly organisationId: string
  readonly from: string
  readonly until: string | null
  readonly retiredFrom: boolean
}

export type EmploymentError = {
  code: 'E_DAYS_OUT_OF_ORDER' | 'E_DAY_AHEAD' | 'E_RETIREMENT_HAS_NO_END' | 'E_EMPLOYMENT_TWICE'
}

/**
 * Rules REG-3, DRAW-5. What the employment history may hold: what has happened, each stay with an employer
 * once. Several employers at one time are possible; a retired expert's former and re-employing ones are such.
 */
export function employmentFits(
  one: EmploymentPeriod,
  others: readonly EmploymentPeriod[],
  today: string
): Result<null, EmploymentError> {
  if (one.from > today || (one.until !== null && one.until > today)) return fail({ code: 'E_DAY_AHEAD' })
  if (one.until !== null && one.until < one.from) return fail({ code: 'E_DAYS_OUT_OF_ORDER' })
  if (one.retiredFrom && one.until === null) return fail({ code: 'E_RETIREMENT_HAS_NO_END' })
  const twice = others.some(
    (other) =>
      other.organisationId === one.organisationId &&
      other.from <= (one.until ?? today) &&
      one.from <= (other.until ?? today)
  )
  return twice ? fail({ code: 'E_EMPLOYMENT_TWICE' }) : ok(null)
}
