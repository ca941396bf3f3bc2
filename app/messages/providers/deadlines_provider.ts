import type { ApplicationService } from '@adonisjs/core/types'
import { loadBusinessClock } from '#core/clock/business_clock'

const SCAN_EVERY_MS = 1000

/** What runs beside the web server: the shared clock, and the scan of deadlines. */
export default class DeadlinesProvider {
  #timer: NodeJS.Timeout | null = null
  #scan: Promise<void> | null = null

  constructor(protected app: ApplicationService) {}

  async ready() {
    if (this.app.getEnvironment() !== 'web' && this.app.getEnvironment() !== 'test') return
    await loadBusinessClock()
    const { scanDeadlines } = await import('#messages/jobs/scan_deadlines')
    const logger = await this.app.container.make('logger')
    const tick = async () => {
      await loadBusinessClock()
      await scanDeadlines()
    }
    const loop = () => {
      this.#scan = tick()
        .catch((error) => logger.error({ err: error }, 'deadline scan'))
        .then(() => {
          this.#timer = setTimeout(loop, SCAN_EVERY_MS)
        })
    }
    loop()
  }

  async shutdown() {
    await this.#scan
    if (this.#timer) clearTimeout(this.#timer)
  }
}
