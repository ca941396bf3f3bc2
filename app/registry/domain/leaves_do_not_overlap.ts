import { fail, ok, type Result } from '#lib/result'

/** First and last day of a leave, YYYY-MM-DD, both included. */
export interface LeaveDays {
  readonly from: string
  readonly until: string
}

export type LeaveError =
  | { code: 'E_DAYS_OUT_OF_ORDER' }
  | { code: 'E_LEAVE_OVER'; today: string }
  | { code: 'E_LEAVE_OVERLAPS'; from: string; until: string }

/** Rule REG-3. A leave that is entered ends today or later, since one that is over bars from nothing. */
export function leaveFits(
  leave: LeaveDays,
  others: readonly LeaveDays[],
  today: string
): Result<null, LeaveError> {
  if (leave.until < leave.from) return fail({ code: 'E_DAYS_OUT_OF_ORDER' })
  if (leave.until < today) return fail({ code: 'E_LEAVE_OVER', today })
  const other = others.find((one) => one.from <= leave.until && leave.from <= one.until)
  return other ? fail({ code: 'E_LEAVE_OVERLAPS', from: other.from, until: other.until }) : ok(null)
}

/**
 * Rule REG-3. What is left of a leave that is taken back on a day: nothing of one to come, the days before
 * of one that runs. One that is over stays as it was.
 */
export function leaveTakenBack(
  leave: LeaveDays,
  today: string,
  yesterday: string
): Result<{ until: string | null }, LeaveError> {
  if (leave.until < today) return fail({ code: 'E_LEAVE_OVER', today })
  return ok({ until: leave.from >= today ? null : yesterday })
}
