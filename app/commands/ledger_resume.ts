import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { ReadFile } from '#lib/ledger/verify_folder'
import { lostContent, refusedToResume } from '#ledger/resume/printed'

const MISUSE = 2
const SHORTEST = 4
const LONGEST = 500

/** After a restore: whoever answers for it says so, in the log and before everybody. */
export default class LedgerResume extends BaseCommand {
  static commandName = 'ledger:resume'
  static description = 'Let a restored ledger go on from what was published, with a public declaration'
  static help = [
    'SOURCE is the log as it was published: a folder written by ledger:export, a mirror, or an address that ends in /log.',
    'Entries that the database lacks come back as leaves without content.',
    '--by and --reason are needed, and published on /log.',
    'Exit code 0: it goes on; 1: refused, with the reason; 2: misuse.',
  ]
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'Folder or address of the published log' })
  declare source: string

  @flags.string({ description: `Who answers for it: name and office, ${SHORTEST} to ${LONGEST} characters` })
  declare by: string

  @flags.string({ description: `What happened, ${SHORTEST} to ${LONGEST} characters` })
  declare reason: string

  async run() {
    const [by, reason] = [text(this.by), text(this.reason)]
    if (!by || !reason) {
      this.logger.error(`--${by ? 'reason' : 'by'}: ${SHORTEST} to ${LONGEST} characters`)
      this.exitCode = MISUSE
      return
    }
    const { loadBusinessClock } = await import('#core/clock/business_clock')
    const { resumeLedger } = await import('#ledger/public')
    await loadBusinessClock()
    const outcome = await resumeLedger({ by, reason, read: reader(this.source) })
    if (!outcome.ok) {
      this.logger.error(`The ledger does not go on: ${refusedToResume(outcome.error)}`)
      this.exitCode = 1
      return
    }
    const { from, to, erasures } = outcome.value
    if (erasures.length > 0)
      this.logger.warning(`Erased before, and back with this backup; see entries ${erasures.join(', ')}`)
    this.logger.success(`The ledger goes on after ${to} entries; ${lostContent(from, to)}`)
  }
}

function text(given: string | undefined): string | null {
  const kept = given?.normalize('NFC').trim() ?? ''
  return kept.length >= SHORTEST && kept.length <= LONGEST ? kept : null
}

function reader(source: string): ReadFile {
  if (/^https?:\/\//.test(source)) return fromAddress(source.replace(/\/+$/, ''))
  const folder = resolve(process.env.INIT_CWD ?? process.cwd(), source)
  return async (path) =>
    readFile(join(folder, path)).then(
      (bytes) => new Uint8Array(bytes),
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
        throw error
      }
    )
}

function fromAddress(prefix: string): ReadFile {
  return async (path) => {
    const response = await fetch(`${prefix}/${path}`)
    if (response.status === 404) return null
    if (!response.ok) throw new Error(`${prefix}/${path} answered ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  }
}
