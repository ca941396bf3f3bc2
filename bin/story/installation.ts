import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { Instance } from '#bin/platform/instance'
import { runAce } from '#bin/platform/run_ace'

export interface Installation {
  readonly instance: Instance
  readonly url: string
}

/** An installation of the story's own. `keepIn` keeps its files; otherwise they go with it. */
export async function startInstallation(
  root: string,
  keepIn: string | null,
  startAt: Date | null,
  /** Messages of an earlier part of the story hold links to it. */
  port: number | undefined,
  say: (line: string) => void,
  /** Told how to stop it before anything of it runs. */
  onStop: (stop: () => Promise<void>) => void
): Promise<Installation> {
  const varDir = keepIn ?? mkdtempSync(join(tmpdir(), 'lunzheng-story-'))
  mkdirSync(varDir, { recursive: true })
  // PostgreSQL, another user under root, keeps its data below: a closed folder sends it to /var/tmp for good.
  if (!keepIn) chmodSync(varDir, 0o755)
  const instance = await Instance.prepare({
    root,
    varDir,
    port,
    demo: true,
    environment: { LOG_LEVEL: 'warn' },
  })
  onStop(async () => {
    await instance.stop()
    if (!keepIn) rmSync(varDir, { recursive: true, force: true })
  })
  say('database ready')
  // Before anything is written: people, keys and certificates of the story belong to its own time.
  if (startAt) await setFirstTime(instance.access.owner, startAt)
  await instance.startWitness()
  await runAce(root, ['demo:seed'], instance.environment, 'quiet')
  say('demo people ready')
  await instance.startApp()
  say(`application ready: ${instance.url}`)
  return { instance, url: instance.url }
}

/** Where the application's clock starts; nothing may have been written yet. */
export async function setFirstTime(ownerUrl: string, at: Date): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query('UPDATE business_clock SET offset_ms = $1 WHERE id = 1', [at.getTime() - Date.now()])
  await client.end()
}
