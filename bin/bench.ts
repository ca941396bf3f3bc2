/**
 * `npm run bench [-- NAME …]`: each figure beside something measured in the same run. Prints a table and keeps
 * it in docs/benchmarks.md when all were run. Nothing is asserted here.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Figure } from '#bin/bench/figures'
import { buildFrontend } from '#bin/platform/build_frontend'
import { ensureDebianTools } from '#bin/platform/debian_tools'
import { Instance } from '#bin/platform/instance'
import { say } from '#bin/platform/progress'
import { runAce } from '#bin/platform/run_ace'
import { runStep } from '#bin/platform/run_step'

const root = fileURLToPath(new URL('../', import.meta.url))
const HELPERS = ['figures', 'boot_app']
const names = readdirSync(join(root, 'bin/bench'))
  .map((file) => basename(file, '.ts'))
  .filter((name) => !HELPERS.includes(name))
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  say(`No benchmark ${unknown.join(', ')}. There are: ${names.join(', ')}`)
  process.exit(2)
}

ensureDebianTools(say)
await buildFrontend(root)
const directory = mkdtempSync(join(tmpdir(), 'lunzheng-bench-'))
const instance = await Instance.prepare({ root, varDir: directory, demo: true })
await instance.startWitness()
await runAce(root, ['demo:seed'], instance.environment, 'quiet')
await instance.startApp()
const figures: Figure[] = []
let failed = 0
for (const name of asked.length > 0 ? asked : names) {
  say(`${name} …`)
  const outcome = await runStep(process.execPath, ['--import=@poppinss/ts-exec', `bin/bench/${name}.ts`], {
    cwd: root,
    env: { ...instance.environment, BENCH_URL: instance.url, BENCH_DIR: directory },
  })
  const line = outcome.output.split('\n').findLast((text) => text.startsWith('FIGURES '))
  if (!outcome.ok || !line) {
    failed += 1
    say(outcome.output)
    continue
  }
  figures.push(...JSON.parse(line.slice('FIGURES '.length)))
}
await instance.stop()
rmSync(directory, { recursive: true, force: true })

const rows = figures.map(
  (figure) =>
    `| ${figure.what} | ${figure.ours} | ${figure.beside} | ${figure.ratio.toFixed(2)} (${figure.ratioMeans}) |`
)
const table = ['| what | ours | beside, in the same run | ratio |', '|---|---|---|---|', ...rows].join('\n')
say(`\n${table}`)
if (asked.length === 0 && failed === 0) {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`
  const date = new Date().toISOString().slice(0, 10)
  const note = 'Made by `npm run bench`. Ratios are what counts: absolute times belong to one machine.'
  writeFileSync(
    join(root, 'docs/benchmarks.md'),
    `# Benchmarks\n\n${note}\n\n${date}, ${machine}\n\n${table}\n`
  )
}
process.exit(failed === 0 ? 0 : 1)
