import { businessNow, setBusinessClock } from '#core/clock/business_clock'
import { regulation } from '#core/jurisdiction'
import { civilDay } from '#core/regulation/calendar'

const DAY = 86_400_000
const MINUTE = 60_000

/**
 * The business clock while the demonstration is set up: the days that the rules want between two steps have
 * passed when it is done. It never runs past where it stood at the start, and `backToNow` puts it there.
 */
export class DemoClock {
  readonly #offsetMs = businessNow().getTime() - Date.now()
  readonly #startOfToday: number

  private constructor(startOfToday: number) {
    this.#startOfToday = startOfToday
  }

  static async atStart(): Promise<DemoClock> {
    const { utc_offset_minutes: offset } = await regulation()
    const today = Date.parse(`${civilDay(businessNow(), offset)}T00:00:00Z`) - offset * MINUTE
    return new DemoClock(today)
  }

  /** A time of day, local, so many days before the day of the start. */
  instant(daysBefore: number, time: string): Date {
    const [hour, minute] = time.split(':').map(Number)
    return new Date(this.#startOfToday - daysBefore * DAY + (hour! * 60 + minute!) * MINUTE)
  }

  async goTo(daysBefore: number, time: string): Promise<void> {
    await this.#set(this.instant(daysBefore, time))
  }

  async pass(minutes: number): Promise<void> {
    await this.#set(new Date(businessNow().getTime() + minutes * MINUTE))
  }

  async backToNow(): Promise<void> {
    await this.#set(new Date(Date.now() + this.#offsetMs))
  }

  async #set(at: Date): Promise<void> {
    const moved = await setBusinessClock(at)
    if (!moved.ok) throw new Error(`Demo: ${at.toISOString()} has not come yet`)
  }
}
