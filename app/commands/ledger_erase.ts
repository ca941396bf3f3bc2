import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

const MISUSE = 2
const INDEX = /^(?:0|[1-9]\d{0,14})$/
const SHORTEST = 4
const LONGEST = 500

/** Personal data has to go when the law says so; that it went, and why, stays in the log. */
export default class LedgerErase extends BaseCommand {
  static commandName = 'ledger:erase'
  static description =
    'Erase payload and salt of entries for good; leaves, proofs and an entry that tells of it stay'
  static help = [
    'Names entries by index. --by: who answers for it, name and office; --reason: which law or decision.',
    'Without --yes it only shows what would be erased. Rows of other tables are not touched, older backups keep theirs.',
    'Exit code 0: erased (or shown); 1: one of them can not be erased, so none was; 2: misuse.',
  ]
  static options: CommandOptions = { startApp: true }

  @args.spread({ description: 'Indexes of the entries' })
  declare indexes: string[]

  @flags.string({ description: 'Who answers for it: name and office' })
  declare by: string

  @flags.string({ description: 'Law or decision by which they are erased' })
  declare reason: string

  @flags.boolean({ description: 'Erase. There is no way back' })
  declare yes: boolean

  async run() {
    const indexes = [...new Set(this.indexes)]
    const wrong = indexes.find((index) => !INDEX.test(index))
    if (wrong !== undefined) return this.#misuse(`${wrong} is not the index of an entry`)
    const [by, reason] = [text(this.by), text(this.reason)]
    if (!by) return this.#misuse(`--by: ${SHORTEST} to ${LONGEST} characters`)
    if (!reason) return this.#misuse(`--reason: ${SHORTEST} to ${LONGEST} characters`)
    const { loadBusinessClock } = await import('#core/clock/business_clock')
    const { eraseEntries, ledgerEntry } = await import('#ledger/public')
    await loadBusinessClock()
    const numbers = indexes.map(Number)
    for (const index of numbers) {
      const entry = await ledgerEntry(index)
      if (entry) this.logger.info(`${index}  ${entry.at.toISOString()}  ${entry.stream}  ${entry.type}`)
    }
    if (!this.yes) return this.logger.warning('Nothing was erased. With --yes they are, for good.')
    const outcome = await eraseEntries({ indexes: numbers, by, reason })
    if (outcome.ok)
      return this.logger.success(`${outcome.value.erased} entries erased, and an entry tells of it`)
    this.logger.error(`Nothing was erased: ${JSON.stringify(outcome.error)}`)
    this.exitCode = 1
  }

  #misuse(message: string): void {
    this.logger.error(message)
    this.exitCode = MISUSE
  }
}

function text(given: string | undefined): string | null {
  const kept = given?.normalize('NFC').trim() ?? ''
  return kept.length >= SHORTEST && kept.length <= LONGEST ? kept : null
}
