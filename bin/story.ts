/** `npm run story -- --out DIR`: the whole main job by scripted browsers. See --help. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildFrontend } from '#bin/platform/build_frontend'
import { killAllChildren } from '#bin/platform/children'
import { ensureDebianTools } from '#bin/platform/debian_tools'
import { say, timed } from '#bin/platform/progress'
import { startBrowser } from '#bin/story/browser'
import { firstMonday, instant } from '#bin/story/clock'
import { startInstallation } from '#bin/story/installation'
import { HELP, readOptions, type Options } from '#bin/story/options'
import { emptyRecord, readRecord, writeRecord, type StoryRecord } from '#bin/story/record'
import { runSteps } from '#bin/story/run_steps'
import { Story } from '#bin/story/story'
import { STEPS } from '#bin/story/steps/all'
import { DEMO_PASSWORD } from '#identity/domain/demo_password'

const root = fileURLToPath(new URL('../', import.meta.url))
/** The story takes ten days; it must end before now. */
const DAYS_AGO = 11

async function play(options: Options): Promise<boolean> {
  const record: StoryRecord = options.resume ? readRecord(options.out) : emptyRecord()
  if (!options.resume) rmSync(join(options.out, 'installation'), { recursive: true, force: true })
  mkdirSync(options.out, { recursive: true })
  ensureDebianTools(say)
  await timed('web app built', () => buildFrontend(root))
  const first = record.ids.firstDay ?? firstMonday(DAYS_AGO)
  record.ids.firstDay = first
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().finally(() => process.exit(1)))
  try {
    const installation = await startInstallation(
      root,
      options.keep ? join(options.out, 'installation') : null,
      options.resume ? null : instant(first, 0, '08:30'),
      options.resume ? Number(new URL(record.address).port) : undefined,
      (line) => say(`  ${line}`),
      (end) => stops.push(end)
    )
    const browser = await startBrowser()
    stops.push(() => browser.close())
    record.address = installation.url
    const story = new Story(options.out, installation, browser, record, first, DEMO_PASSWORD)
    return await runSteps(story, STEPS, options.until)
  } finally {
    writeRecord(options.out, record)
    await stop()
  }
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd())
  if (options === 'help') return (say(HELP), 0)
  if (options.list) return (STEPS.forEach(({ step, what }) => say(`${step}  ${what}`)), 0)
  if (options.until && !STEPS.some(({ step }) => step === options.until))
    throw new Error(`There is no step ${options.until}; --list shows them`)
  process.on('exit', killAllChildren)
  return (await play(options)) ? 0 : 1
}

process.exit(
  await main().catch((error: Error) => {
    const misuse = /^(--|Unknown|There is no step)/.test(error.message)
    say(misuse ? `${error.message}\n\n${HELP}` : (error.stack ?? error.message))
    return misuse ? 2 : 1
  })
)
