import { fail, ok, type Result } from '#lib/result'

export type CapError = { code: 'E_CAP_TOO_HIGH'; most: number }

/** Rules REG-3, DRAW-8. Reviews a month for one expert: the lowest of the regulation's, the centre's, their own. */
export function effectiveCap(
  expert: { monthlyCap: number; ownMonthlyCap: number | null },
  regulationCap: number
): number {
  return Math.min(regulationCap, expert.monthlyCap, expert.ownMonthlyCap ?? Infinity)
}

/** Rule REG-3. A cap may be lower than the one above it, never higher. */
export function capFits(cap: number, most: number): Result<null, CapError> {
  return cap <= most ? ok(null) : fail({ code: 'E_CAP_TOO_HIGH', most })
}
