import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

export default class DemoSeed extends BaseCommand {
  static commandName = 'demo:seed'
  static description = 'Fill an empty demo database with people and projects; does nothing when it has any'
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Plans at the points where somebody has something to do; needs the witness' })
  declare projects: boolean

  async run() {
    const { loadBusinessClock } = await import('#core/clock/business_clock')
    const { seedDemo } = await import('#demo/public')
    // The story's people are there from its own first day, which lies in the past.
    await loadBusinessClock()
    const seeded = await seedDemo({ projects: this.projects ?? false })
    this.logger.info(
      seeded ? 'Demo people and projects are in place' : 'There are people already: nothing done'
    )
  }
}
