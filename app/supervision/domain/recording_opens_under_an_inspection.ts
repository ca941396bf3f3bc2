/** An opening lets its person see the recording for so long; then it is opened, and told of, again. */
export const OPENING_LASTS_MS = 4 * 3_600_000

/**
 * Rule MEET-6. Bytes of a recording, and what was said in the meeting, are given only to whoever opened it
 * under an inspection that is still open, and only for a while after each opening.
 */
export function openingHolds(opening: { at: Date; inspectionClosedAt: Date | null }, now: Date): boolean {
  if (opening.inspectionClosedAt !== null) return false
  const age = now.getTime() - opening.at.getTime()
  return age >= 0 && age < OPENING_LASTS_MS
}
