/**
 * Sign-in locks for a while after repeated failures (OWASP ASVS 2.2.1): by account, so that a password
 * can't be guessed, and more generously by address, so that one office behind one address isn't locked
 * out by a colleague. Times in the machine's clock, milliseconds.
 */
export const ACCOUNT_FAILURES = 5
export const ADDRESS_FAILURES = 50
export const LOCK_MS = 15 * 60_000

export interface Failures {
  readonly failures: number
  readonly lockedUntil: number | null
}

export function lockedMinutes(state: Failures | null, now: number): number | null {
  if (!state?.lockedUntil || state.lockedUntil <= now) return null
  return Math.ceil((state.lockedUntil - now) / 60_000)
}

export function afterFailure(state: Failures | null, limit: number, now: number): Failures {
  const expired = state?.lockedUntil != null && state.lockedUntil <= now
  const failures = (expired ? 0 : (state?.failures ?? 0)) + 1
  return { failures, lockedUntil: failures >= limit ? now + LOCK_MS : null }
}
