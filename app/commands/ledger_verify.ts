import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

export default class LedgerVerify extends BaseCommand {
  static commandName = 'ledger:verify'
  static description = 'Recompute the whole log, replay it, and compare the result with every table'
  static options: CommandOptions = { startApp: true }

  async run() {
    const { verifyLedger } = await import('#ledger/public')
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const say = (done: number, of: number) => this.logger.info(`${done} of ${of} entries`)
    // One moment for all of it: what a running app writes meanwhile would look like a difference.
    const verdict = await db.transaction((trx) => verifyLedger(say, trx), {
      isolationLevel: 'repeatable read',
    })
    for (const finding of verdict.findings) this.logger.error(JSON.stringify(finding))
    const line = `${verdict.size} entries, root ${verdict.root}, ${verdict.erased} erased, ${verdict.lost} lost`
    if (verdict.findings.length === 0) return this.logger.success(`Ledger and tables agree: ${line}`)
    this.logger.error(`${verdict.findings.length} differences: ${line}`)
    this.exitCode = 1
  }
}
