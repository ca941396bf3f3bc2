/**
 * `npm run bench [-- NAME … | --write] [--json]`: each figure beside something measured in the same run. Prints
 * a table; `--write` keeps the table of a whole run in docs/benchmarks.md. Nothing is asserted here. Ends with 0,
 * 1 when a benchmark broke, 2 on misuse.
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Figure } from '#bin/bench/support/figures'
import { benchmarksPage, tableOf } from '#bin/bench/support/page'
import { buildFrontend } from '#bin/platform/build_frontend'
import { ensureDebianTools } from '#bin/platform/debian_tools'
import { Instance } from '#bin/platform/instance'
import { runAce } from '#bin/platform/run_ace'
import { runStep } from '#bin/platform/run_step'
import { setFirstTime } from '#bin/story/installation'

const root = fileURLToPath(new URL('../', import.meta.url))
const names = readdirSync(join(root, 'bin/bench'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'))
  .sort()
/** What measures pure code runs without an installation; one that drives pages needs a browser too. */
const WITHOUT_INSTALLATION = ['fairness', 'ledger_million', 'offline_verifier', 'quotas', 'sign']
const WITH_BROWSER = ['first_page', 'offline_verifier', 'room']
const DAYS_BEFORE = 9
const HELP = `npm run bench [-- NAME …] [--write] [--json]

Measures each figure beside something else in the same run and prints the ratio.
  NAME     only these: ${names.join(', ')}
  --write  keep the table in docs/benchmarks.md (whole runs only)
  --json   figures as JSON on standard output, progress on standard error
Ends with 0; 1 when a benchmark broke; 2 on misuse.
`

async function main(): Promise<number> {
  const options = read()
  if (!options) return 2
  const { values, positionals: asked } = options
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  const unknown = asked.filter((name) => !names.includes(name))
  if (unknown.length > 0 || (values.write && asked.length > 0)) {
    const why = unknown.length > 0 ? `No benchmark ${unknown.join(', ')}.` : '--write takes a whole run.'
    process.stderr.write(`${why}\n\n${HELP}`)
    return 2
  }
  const say = (line: string) => void (values.json ? process.stderr : process.stdout).write(`${line}\n`)
  const chosen = asked.length > 0 ? asked : names
  const { figures, broken } = await measure(chosen, say)
  if (values.json) process.stdout.write(`${JSON.stringify({ figures, broken }, null, 2)}\n`)
  else say(`\n${tableOf(figures)}`)
  if (values.write && broken.length === 0) {
    writeFileSync(join(root, 'docs/benchmarks.md'), benchmarksPage(figures))
    say('\nKept in docs/benchmarks.md')
  }
  const ending = broken.length > 0 ? `, broken: ${broken.join(', ')}` : ''
  say(`\n${chosen.length - broken.length} of ${chosen.length} benchmarks measured${ending}`)
  return broken.length === 0 ? 0 : 1
}

async function measure(chosen: readonly string[], say: (line: string) => void) {
  const figures: Figure[] = []
  const broken: string[] = []
  const directory = mkdtempSync(join(tmpdir(), 'lunzheng-bench-'))
  // PostgreSQL runs as another user where this runs as root, and keeps its data below.
  chmodSync(directory, 0o755)
  let instance: Instance | null = null
  try {
    if (chosen.some((name) => WITH_BROWSER.includes(name))) ensureDebianTools(say)
    if (chosen.some((name) => !WITHOUT_INSTALLATION.includes(name))) {
      say('installation …')
      await buildFrontend(root)
      instance = await Instance.prepare({ root, varDir: directory, demo: true })
      await startInstance(instance)
    }
    for (const name of chosen) {
      say(`${name} …`)
      const found = await measureOne(name, directory, instance)
      if (Array.isArray(found)) figures.push(...found)
      else {
        broken.push(name)
        say(found)
      }
    }
  } finally {
    await instance?.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  return { figures, broken }
}

async function startInstance(instance: Instance): Promise<void> {
  // The demonstration's meeting is a week after it is set up, and the clock does not go ahead of the real one.
  const setUp = new Date(Date.now() - DAYS_BEFORE * 86_400_000)
  await setFirstTime(instance.access.owner, setUp)
  await instance.startWitness()
  await runAce(root, ['demo:seed', '--projects'], instance.environment, 'quiet')
  await instance.startApp()
}

/** The benchmark's figures, or all that it printed where it broke. */
async function measureOne(name: string, directory: string, instance: Instance | null) {
  const outcome = await runStep(process.execPath, ['--import=./bin/typescript.mjs', `bin/bench/${name}.ts`], {
    cwd: root,
    env: {
      ...process.env,
      ...instance?.environment,
      DATABASE_OWNER_URL: instance?.access.owner,
      BENCH_URL: instance?.url,
      BENCH_DIR: directory,
    },
  })
  const line = outcome.output.split('\n').findLast((text) => text.startsWith('FIGURES '))
  return outcome.ok && line ? (JSON.parse(line.slice('FIGURES '.length)) as Figure[]) : outcome.output
}

function read() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        write: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    })
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${HELP}`)
    return null
  }
}

process.exit(await main())
