/**
 * `npm test`: everything. Checks, rules, running app, real browsers, real media, real PDFs; installs what it
 * needs. Ends with one line `N passed, N failed`. `npm test -- api unit` runs those suites only.
 */
import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runChecks } from '#bin/checks'
import { buildFrontend } from '#bin/platform/build_frontend'
import { ensureDebianTools } from '#bin/platform/debian_tools'
import { runStep } from '#bin/platform/run_step'
import { say, timed } from '#bin/platform/progress'

const root = fileURLToPath(new URL('../', import.meta.url))
/** Side by side on two cores: what computes, and what mostly waits for processes of its own. */
const COMPUTING = ['unit', 'access']
const WAITING = 'api'
/** With the machine to themselves: they need it in time. `long` runs only when asked for by name. */
const ALONE = ['media', 'browser', 'long']
const counts = mkdtempSync(join(tmpdir(), 'lunzheng-counts-'))

let passed = 0
let failed = 0

async function checks(): Promise<void> {
  await runChecks(root, ({ ok, name, seconds, output }) => {
    say(`${ok ? '✔' : '✘'} ${name} (${seconds.toFixed(1)} s)`)
    if (ok) passed += 1
    else {
      failed += 1
      say(output)
    }
  })
}

/** @param live false keeps what it prints until it has ended, for a suite that runs beside others */
async function suite(name: string, live = true): Promise<void> {
  if (!existsSync(join(root, 'tests', name))) return
  const files = readdirSync(join(root, 'tests', name), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.spec.ts')
  )
  if (files.length === 0) return
  if (live) say(`\n── ${name} ──`)
  const file = join(counts, `${name}.json`)
  const outcome = await runStep(
    process.execPath,
    ['--import=./bin/typescript.mjs', '--enable-source-maps', 'bin/unit.ts', `tests/${name}/**/*.spec.ts`],
    { cwd: root, env: { ...process.env, TEST_COUNTS: file, FORCE_COLOR: '0' }, live }
  )
  if (!live) say(`\n── ${name}, ${(outcome.seconds / 60).toFixed(1)} minutes ──\n${outcome.output}`)
  if (!existsSync(file)) {
    say(`✘ ${name} ended without a result`)
    failed += 1
    return
  }
  const summary = JSON.parse(readFileSync(file, 'utf8'))
  passed += summary.passed
  failed += summary.failed
  if (summary.skipped > 0 || summary.todo > 0) failed += summary.skipped + summary.todo
  if (!outcome.ok && summary.failed === 0) {
    say(`✘ ${name}: an error outside of any test, see above`)
    failed += 1
  }
}

const from = performance.now()
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
try {
  ensureDebianTools(say)
  await timed('web app built', () => buildFrontend(root))
  const wanted = (name: string) => (asked.length === 0 ? name !== 'long' : asked.includes(name))
  const waiting = wanted(WAITING) ? suite(WAITING, false) : null
  if (wanted('check')) await checks()
  for (const name of COMPUTING.filter(wanted)) await suite(name)
  await waiting
  for (const name of ALONE.filter(wanted)) await suite(name)
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  failed += 1
}
say(`\n${((performance.now() - from) / 60_000).toFixed(1)} minutes`)
say(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
