/**
 * Business time as the server tells it; it may differ from the machine's clock. Ticks twice a minute,
 * so that deadlines on screen stay true without a reload.
 */
class BusinessClock {
  #offset = 0
  /** Milliseconds since the epoch. */
  now = $state(Date.now())

  /** Aligns with the server's business time, an ISO instant. */
  align(serverNow: string): void {
    this.#offset = Date.parse(serverNow) - Date.now()
    this.tick()
  }

  tick(): void {
    this.now = Date.now() + this.#offset
  }
}

export const businessClock = new BusinessClock()

if (typeof window !== 'undefined') setInterval(() => businessClock.tick(), 30_000)
