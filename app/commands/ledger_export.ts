import { resolve } from 'node:path'
import { args, BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

export default class LedgerExport extends BaseCommand {
  static commandName = 'ledger:export'
  static description = 'Write checkpoint, tiles, entries and keys of the log into a folder'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'Folder to write into' })
  declare directory: string

  async run() {
    const { exportLedger, ownCheckpointer } = await import('#ledger/public')
    const round = await ownCheckpointer().round()
    if (round.code === 'stopped') {
      this.logger.error(`The ledger is stopped: ${JSON.stringify(round.problem)}`)
      this.exitCode = 1
      return
    }
    const directory = resolve(process.env.INIT_CWD ?? process.cwd(), this.directory)
    const outcome = await exportLedger(directory)
    if (outcome.ok) {
      const { size, cosigned } = outcome.value
      return this.logger.success(`${size} entries, ${cosigned ? 'cosigned' : 'not cosigned'}: ${directory}`)
    }
    this.logger.error('No checkpoint has been published yet')
    this.exitCode = 1
  }
}
