import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { loadRegulation } from '#core/regulation/load_regulation'
import { parseStrictJson } from '#lib/canonical_json'
import { parseEntriesFile, type EntriesFile } from '#lib/draw/fairness/entries_file'
import { fairnessReport, type FairnessReport } from '#lib/draw/fairness/report'
import { verifySignedYear } from '#lib/draw/fairness/verify_signed_year'
import { readTrust } from '#lib/verify/read_trust'
import { fairnessLines } from '#supervision/fairness/printed'
import { entriesOfYear } from '#supervision/fairness/entries_of_year'
import { limitsOf } from '#supervision/fairness/report_of_year'

const MISUSE = 2

/** SUP-5 from the command line: from the database, or from a file of opened entries without one. */
export default class DrawFairness extends BaseCommand {
  static commandName = 'draw:fairness'
  static description = 'Hold a year of draws against chance, from the entries of the ledger alone'
  static help = [
    'With --entries FILE, as the page of the report gives it, no database is needed and the figures are the same.',
    'With --trust DIR the file is held against pinned keys: signed by the log, cosigned, and no draw left out.',
    'Exit code 0: computed from whole entries; 1: something is missing or altered (said first); 2: misuse.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.number({ description: 'Civil year of the draws' })
  declare year: number

  @flags.string({ description: 'JSON file of opened entries' })
  declare entries: string

  @flags.string({ description: 'Trust file or folder of pinned keys, for --entries' })
  declare trust: string

  @flags.boolean({ description: 'Print the report as JSON and nothing else' })
  declare json: boolean

  @flags.string({ description: 'Regulation file in resources/regulations', default: 'nanning' })
  declare jurisdiction: string

  #bound = true

  async run() {
    if (!Number.isInteger(this.year)) return this.#misuse('--year is missing')
    const loaded = await loadRegulation(this.jurisdiction)
    if (!loaded.ok) return this.#misuse(`Regulation ${this.jurisdiction}: ${loaded.error.code}`)
    const file = this.entries
      ? await this.#fromFile()
      : (await entriesOfYear(this.year, loaded.value.utc_offset_minutes, 'all')).file
    if (!file) return
    if (file.year !== this.year) return this.#misuse(`${this.entries} is of ${file.year}`)
    if (!this.json) this.logger.info(`${file.entries.length} entries of ${file.streams.length} streams`)
    const report = await fairnessReport(file, limitsOf(loaded.value))
    this.#print(report)
    const faulty = report.faults.some(({ code }) => code !== 'not_completed')
    this.exitCode = faulty || !this.#bound ? 1 : 0
  }

  #print(report: FairnessReport): void {
    if (this.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
    else for (const line of fairnessLines(report)) this.logger.log(line)
  }

  async #fromFile(): Promise<EntriesFile | undefined> {
    try {
      const text = await readFile(this.#path(this.entries), 'utf8')
      const unsigned = parseEntriesFile(text.trimEnd())
      if (unsigned.ok && !this.trust) return unsigned.value
      return await this.#held(text.trimEnd())
    } catch (error) {
      this.#misuse(`${this.entries}: ${(error as Error).message}`)
    }
    return undefined
  }

  /** Says of each check that fails what it is; without `--trust` only nobody's signature is missed. */
  async #held(text: string): Promise<EntriesFile | undefined> {
    const parsed = parseStrictJson(text)
    const trust = this.trust ? await readTrust(this.#path(this.trust), { required: true }) : null
    const { verdict, checks, entries } = verifySignedYear(
      parsed.ok ? parsed.value : null,
      trust?.ledger ?? []
    )
    this.#bound = verdict === 'genuine' || (verdict === 'consistent_unknown_signer' && !trust)
    const failed = checks.filter(({ ok, code }) => !ok && (trust || !code.endsWith('_trusted')))
    for (const { code, detail } of failed) process.stderr.write(`NOT GENUINE: ${code} ${detail ?? ''}\n`)
    if (!entries) this.#misuse(`${this.entries}: not_an_entries_file`)
    return entries ?? undefined
  }

  #path(path: string): string {
    return resolve(process.env.INIT_CWD ?? process.cwd(), path)
  }

  #misuse(message: string): void {
    process.stderr.write(`${message}\n`)
    this.exitCode = MISUSE
  }
}
