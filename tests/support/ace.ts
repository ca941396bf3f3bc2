import { runStep } from '#bin/platform/run_step'
import { ROOT, type TestInstance } from '#tests/support/cluster'

/** Runs an administration command against a test installation, as an administrator beside the running app would. */
export function ace(app: TestInstance, ...args: string[]) {
  const command = ['--import=./bin/typescript.mjs', 'bin/console.ts', ...args]
  return runStep(process.execPath, command, {
    cwd: ROOT,
    env: { ...app.instance.environmentFor(args[0]!), FORCE_COLOR: '0' },
  })
}
