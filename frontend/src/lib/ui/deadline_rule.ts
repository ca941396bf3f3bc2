export type DeadlineLook = 'open' | 'soon' | 'late'

/**
 * Outline, tint or filled: a deadline is soon at 48 h or less, or when a tenth or less of its span is left.
 * All times in milliseconds of the business clock; `start` is when the span began.
 */
export function deadlineLook(due: number, now: number, start?: number): DeadlineLook {
  const left = due - now
  if (left <= 0) return 'late'
  const twoDays = 48 * 3_600_000
  if (left <= twoDays) return 'soon'
  if (start !== undefined && left <= (due - start) / 10) return 'soon'
  return 'open'
}
