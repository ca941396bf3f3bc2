import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { loadRegulation } from '#core/regulation/load_regulation'
import { assessAll } from '#plans/domain/assess_all'
import type { Assessment, FailedAssessment } from '#plans/domain/assess_work'

const MISUSE = 2

/** PLAN-1 from the command line, without a database: what the web form would say of these works. */
export default class PlansAssess extends BaseCommand {
  static commandName = 'plans:assess'
  static description =
    'Say for works in a JSON file whether they are hazardous and need a review, on which grounds'
  static help = [
    'FILE holds {"category": "PIT", "parameters": {"depth_m": 13.8}} or a list of such.',
    'Exit code 0: all assessed; 1: at least one could not be (its "error" says why); 2: the file can not be read.',
  ]
  static options: CommandOptions = { startApp: false }

  @args.string({ description: 'JSON file with one work or a list of works' })
  declare file: string

  @flags.boolean({ description: 'Print the result as JSON and nothing else' })
  declare json: boolean

  @flags.string({ description: 'Regulation file in resources/regulations', default: 'nanning' })
  declare jurisdiction: string

  async run() {
    const works = await this.#works()
    if (works === null) return
    const loaded = await loadRegulation(this.jurisdiction)
    if (!loaded.ok)
      return this.#misuse(`Regulation ${this.jurisdiction}: ${loaded.error.code} at ${loaded.error.path}`)
    const { results, failed } = assessAll(works, loaded.value)
    const printed = results.map(asPrinted)
    if (this.json)
      process.stdout.write(`${JSON.stringify(Array.isArray(works) ? printed : printed[0], null, 2)}\n`)
    else for (const result of results) this.logger.log(sentence(result))
    if (!this.json)
      this.logger.log(
        failed === 0
          ? `${results.length} assessed`
          : `${results.length - failed} assessed, ${failed} could not be`
      )
    this.exitCode = failed === 0 ? 0 : 1
  }

  async #works(): Promise<unknown> {
    try {
      return JSON.parse(await readFile(resolve(process.env.INIT_CWD ?? process.cwd(), this.file), 'utf8'))
    } catch (error) {
      this.#misuse(`${this.file}: ${(error as Error).message}`)
      return null
    }
  }

  #misuse(message: string): void {
    process.stderr.write(`${message}\n`)
    this.exitCode = MISUSE
  }
}

/** The shape that scripts rely on: clause and text of each ground, nothing that may change with the page. */
function asPrinted(result: Assessment | FailedAssessment) {
  if ('error' in result)
    return {
      category: result.category,
      error: { code: result.error.code, parameters: result.error.parameters },
    }
  const { category, hazardous, review_required, grounds } = result
  return {
    category,
    hazardous,
    review_required,
    grounds: grounds.map(({ rule, clause, text }) => ({ rule, clause, text })),
  }
}

function sentence(result: Assessment | FailedAssessment): string {
  if ('error' in result)
    return `${result.category ?? '?'}: ${result.error.code} ${result.error.parameters.join(', ')}`
  const verdict = result.review_required
    ? 'review required'
    : result.hazardous
      ? 'hazardous, no review required'
      : 'not hazardous'
  return [
    `${result.category}: ${verdict}`,
    ...result.grounds.map((ground) => `  ${ground.clause}: ${ground.text}`),
  ].join('\n')
}
