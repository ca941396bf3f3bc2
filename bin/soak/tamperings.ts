import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Instance } from '#bin/platform/instance'
import { runAce } from '#bin/platform/run_ace'
import type { LedgerFinding } from '#ledger/public'
import type { Soak, SoakOutcome } from '#bin/soak/support/outcome'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** Beside those that an installation begins with: more than a tile, so that there are roots of tiles. */
const MORE = 280
/** One in ten meets the demonstration's reviews, a log of more than a thousand entries, where a look takes longer. */
const RICH = 10

/**
 * A database tampered with at random by somebody who owns it, but neither the log's key nor what is kept apart: each
 * time the verification has to find it, and to name the first place that is wrong.
 */
export const soak: Soak = async ({ seed, trials }) => {
  const rich = Math.floor(trials / RICH)
  const outcomes = [
    await onAnInstallation(['demo:seed'], { seed, trials: trials - rich }),
    await onAnInstallation(['demo:seed', '--projects'], { seed, trials: rich }),
  ]
  return {
    what: `tamperings by SQL: ${outcomes.map((outcome) => `${outcome.trials} ${outcome.what}`).join(', ')}`,
    trials,
    missed: outcomes.flatMap(({ missed }) => missed),
  }
}

async function onAnInstallation(
  seeding: string[],
  options: { seed: number; trials: number }
): Promise<SoakOutcome> {
  const directory = mkdtempSync(join(tmpdir(), 'lunzheng-tampered-'))
  // PostgreSQL, another user under root, keeps its data below.
  chmodSync(directory, 0o755)
  const instance = await Instance.prepare({
    root: ROOT,
    varDir: directory,
    demo: true,
    environment: { LOG_LEVEL: 'fatal', MEDIA: 'off' },
  })
  try {
    await instance.startWitness()
    await runAce(ROOT, seeding, instance.environment, 'quiet')
    return await tamperWith(instance, { ...options, more: MORE })
  } finally {
    await instance.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** The same on an installation that is there already; its app must not be running. */
export async function tamperWith(
  instance: Instance,
  { seed, trials, more }: { seed: number; trials: number; more: number }
): Promise<SoakOutcome> {
  return (await asOwner(instance, ['worker.ts', seed, trials, more].map(String), 'TAMPERED')) as SoakOutcome
}

/** What the verification says of each of these, one by one; null of one that changed nothing. */
export async function tamperBy(
  instance: Instance,
  statements: readonly string[]
): Promise<(readonly LedgerFinding[] | null)[]> {
  return (await asOwner(instance, ['given.ts'], 'FOUND', JSON.stringify(statements))) as LedgerFinding[][]
}

async function asOwner(instance: Instance, [script, ...args]: string[], mark: string, input = '') {
  const command = ['--import=@poppinss/ts-exec', `bin/soak/tampering/${script}`, ...args]
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env: { ...instance.environment, DATABASE_URL: instance.access.owner },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(input)
  const output = await text(child.stdout)
  const line = output.split('\n').find((one) => one.startsWith(`${mark} `))
  if (!line) throw new Error(output)
  return JSON.parse(line.slice(mark.length + 1)) as unknown
}
