import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Instance } from '#bin/platform/instance'
import { runAce } from '#bin/platform/run_ace'
import { runStep } from '#bin/platform/run_step'
import type { Soak, SoakOptions, SoakOutcome } from '#bin/soak/support/outcome'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** Beside those of the demonstration, which are more than a tile: there are roots of tiles to tamper with. */
const MORE = 150

/**
 * A database tampered with at random by somebody who owns it, but neither the log's key nor what is kept apart: each
 * time the verification has to find it, and to name the first place that is wrong.
 */
export const soak: Soak = async (options) => {
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
    await runAce(ROOT, ['demo:seed', '--projects'], instance.environment, 'quiet')
    return await tamperWith(instance, { ...options, more: MORE })
  } finally {
    await instance.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** The same on an installation that is there already; its app must not be running. */
export async function tamperWith(
  instance: Instance,
  { seed, trials, more }: SoakOptions & { more: number }
): Promise<SoakOutcome> {
  const { output } = await runStep(
    process.execPath,
    ['--import=@poppinss/ts-exec', 'bin/soak/tampering/worker.ts', ...[seed, trials, more].map(String)],
    { cwd: ROOT, env: { ...instance.environment, DATABASE_URL: instance.access.owner }, live: trials > 500 }
  )
  const line = output.split('\n').find((text) => text.startsWith('TAMPERED '))
  if (!line) throw new Error(output)
  return JSON.parse(line.slice('TAMPERED '.length)) as SoakOutcome
}
