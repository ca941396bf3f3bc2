import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runStep, type StepOutcome } from '#bin/platform/run_step'

interface Check {
  readonly name: string
  readonly script: string
  readonly args: string[]
  readonly cwd?: string
}

const MODULES = ['app', 'lib', 'bin', 'config', 'start', 'witness']

const CHECKS: readonly Check[] = [
  { name: 'types', script: 'typescript/bin/tsc', args: ['--noEmit', '-p', '.'] },
  {
    name: 'types of the web app',
    script: 'svelte-check/bin/svelte-check',
    args: ['--fail-on-warnings', '--output', 'human'],
    cwd: 'frontend',
  },
  {
    name: 'lint',
    script: 'oxlint/bin/oxlint',
    args: ['--deny-warnings', ...MODULES, 'frontend/src', 'frontend/offline', 'tests', 'database'],
  },
  {
    name: 'format',
    script: 'prettier/bin/prettier.cjs',
    args: ['--check', '--log-level', 'warn', '**/*.{ts,svelte}'],
  },
  {
    name: 'boundaries',
    script: 'dependency-cruiser/bin/dependency-cruiser.mjs',
    args: ['--config', '.dependency-cruiser.cjs', ...MODULES],
  },
]

export type CheckOutcome = StepOutcome & { name: string }

/** Types, lint, format, boundaries: zero warnings. Two at a time, as the machine has cores. */
export async function runChecks(
  root: string,
  report: (outcome: CheckOutcome) => void
): Promise<CheckOutcome[]> {
  const queue = [...CHECKS]
  const outcomes: CheckOutcome[] = []
  const worker = async () => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      const script = join(root, 'node_modules', check.script)
      if (!existsSync(script)) throw new Error(`${check.script} is not installed`)
      const outcome = await runStep(process.execPath, [script, ...check.args], {
        cwd: join(root, check.cwd ?? '.'),
      })
      outcomes.push({ ...outcome, name: check.name })
      report({ ...outcome, name: check.name })
    }
  }
  await Promise.all([worker(), worker()])
  return outcomes
}
