/** Seconds, counted by the machine's clock: a beacon's rounds come by the world's time, not by the business clock. */
export class SecondsUntil {
  now = $state(Date.now())

  /** Ticks while somebody looks; returns what ends it, for an effect. */
  tick(): () => void {
    const timer = setInterval(() => (this.now = Date.now()), 1000)
    return () => clearInterval(timer)
  }

  /** Zero once it is there. */
  until(instant: string): number {
    return Math.max(0, Math.ceil((Date.parse(instant) - this.now) / 1000))
  }
}
