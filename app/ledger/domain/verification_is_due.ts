/** Days after which the log is compared with the tables again (D). */
export const VERIFIED_FOR_DAYS = 7

/**
 * Rule ORG-4. Audit has the log compared with the tables when that has never been done, not for a week, or
 * when the last time found differences.
 */
export function verificationDueAt(last: { at: Date; agreed: boolean } | null, now: Date): Date {
  if (last === null || !last.agreed) return now
  return new Date(last.at.getTime() + VERIFIED_FOR_DAYS * 86_400_000)
}
