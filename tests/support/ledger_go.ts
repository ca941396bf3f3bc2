import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findGo } from '#app/sessions/media/livekit_build'
import { ROOT } from '#tests/support/cluster'

let built: Promise<string> | null = null

/** The checker in tests/ledger_go, built once a test process; Go is fetched where the machine has none. */
function checker(): Promise<string> {
  built ??= build()
  return built
}

async function build(): Promise<string> {
  const tools = join(ROOT, 'var', 'livekit')
  mkdirSync(tools, { recursive: true })
  const go = await findGo(tools, process.env, () => undefined)
  if (!go.ok) throw new Error(JSON.stringify(go.error))
  const target = join(mkdtempSync(join(tmpdir(), 'lunzheng-go-')), 'ledger')
  const cwd = join(ROOT, 'tests', 'ledger_go')
  const { status, stderr } = spawnSync(go.value, ['build', '-buildvcs=false', '-o', target, '.'], { cwd })
  if (status !== 0) throw new Error(stderr.toString())
  return target
}

/** What golang.org/x/mod/sumdb says: `ACCEPTED…` or `REFUSED…`. */
export async function goSays(...args: string[]): Promise<string> {
  const { stdout, stderr, error } = spawnSync(await checker(), args)
  if (error) throw error
  return `${stdout.toString()}${stderr.toString()}`.trim()
}
