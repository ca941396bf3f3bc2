const DAY = 86_400_000
/** The authority's clock may be behind ours: at midnight it would stamp the day before. */
const AFTER_MIDNIGHT = 5 * 60_000
const FIRST_PAUSE = 10_000
const LONGEST_PAUSE = 3_600_000

/** Rule DRAW-9. Each UTC day has a timestamp: the next one is due soon after the midnight that follows. */
export function nextTimestampAt(now: Date): Date {
  return new Date(Math.floor(now.getTime() / DAY + 1) * DAY + AFTER_MIDNIGHT)
}

/** Whether so much time went by that a day is left without one. */
export function hasMissedItsDay(dueAt: Date, now: Date): boolean {
  return now.getTime() - dueAt.getTime() >= DAY
}

/** How long to wait after the nth failure in a row, ms. */
export function pauseAfter(tries: number): number {
  return Math.min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)
}
