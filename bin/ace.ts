/**
 * `npm run ace -- COMMAND`: administration of the installation whose database the environment names, else of
 * the embedded one, which is started for the command if it isn't running.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { backup, BACKUP_HELP, backupArguments, restore, restoreFiles } from '#bin/backup/commands'
import { Instance } from '#bin/platform/instance'
import { runStepInherited } from '#bin/platform/run_ace'

const root = fileURLToPath(new URL('../', import.meta.url))
const args = process.argv.slice(2)

/** Commands that look at files only must not need a database. */
const WITHOUT_DATABASE = ['plans:assess', 'list', 'help', '--help', '-h']

function needsNoDatabase(args: readonly string[]): boolean {
  const fromFile = args[0] === 'draw:fairness' && args.some((one) => one.startsWith('--entries'))
  return fromFile || WITHOUT_DATABASE.includes(args[0]!) || args.includes('--help')
}

async function main(): Promise<number> {
  if (args[0] === 'backup' || args[0] === 'restore') return backUpOrRestore(args[0], args.slice(1))
  if (args.length === 0 || needsNoDatabase(args)) {
    return runStepInherited(root, args, bareEnvironment())
  }
  const varDir = process.env.VAR_DIR ?? join(root, 'var')
  if (args[0] === 'demo:reset') return resetDemo(varDir)
  const instance = await prepare(varDir)
  try {
    if (args[0] === 'ledger:erase' && !instance.access.eraser) {
      process.stderr.write('ledger:erase signs in by DATABASE_ERASER_URL, which is not set.\n')
      return 2
    }
    return await runStepInherited(root, args, instance.environmentFor(args[0]!))
  } finally {
    await instance.stop()
  }
}

function prepare(varDir: string): Promise<Instance> {
  return Instance.prepare({
    root,
    varDir,
    demo: process.env.DEMO !== '0' && !process.env.DATABASE_URL,
    environment: process.env,
    joinRunning: true,
  })
}

async function backUpOrRestore(command: 'backup' | 'restore', rest: string[]): Promise<number> {
  const asked = rest.includes('--help') ? null : backupArguments(rest)
  if (!asked || (command === 'restore' && !asked.yes)) {
    process.stdout.write(BACKUP_HELP)
    return rest.includes('--help') ? 0 : 2
  }
  const varDir = process.env.VAR_DIR ?? join(root, 'var')
  if (command === 'restore' && isRunning(varDir)) return 1
  const manifest = command === 'restore' ? await restoreFiles(varDir, asked.folder) : null
  if (command === 'restore' && !manifest) return 1
  const instance = await prepare(varDir)
  try {
    const place = { varDir, ownerUrl: instance.access.owner }
    return manifest
      ? await restore(place, asked.folder, manifest)
      : await backup(place, asked.folder, asked.withKeys)
  } finally {
    await instance.stop()
  }
}

function isRunning(varDir: string): boolean {
  const lock = join(varDir, 'serve.pid')
  const running = existsSync(lock) && existsSync(`/proc/${readFileSync(lock, 'utf8')}`)
  if (running) process.stderr.write('The installation is running. Stop it first (Ctrl-C).\n')
  return running
}

/** Database, witness and files together: a witness that remembers plans which are gone would refuse their draws. */
function resetDemo(varDir: string): number {
  if (process.env.DATABASE_URL) {
    process.stderr.write('demo:reset is for the embedded database only; DATABASE_URL is set.\n')
    return 2
  }
  if (isRunning(varDir)) return 1
  const kept = ['livekit']
  const parts = existsSync(varDir) ? readdirSync(varDir).filter((name) => !kept.includes(name)) : []
  for (const name of parts) rmSync(join(varDir, name), { recursive: true, force: true })
  process.stdout.write(
    'Database, witness and files are gone. The next npm start makes the demonstration anew.\n'
  )
  return 0
}

function bareEnvironment(): NodeJS.ProcessEnv {
  return {
    PORT: '0',
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
    APP_KEY: 'not-used-by-commands-without-a-database',
    PUBLIC_URL: 'http://127.0.0.1',
    DATABASE_URL: 'postgres://127.0.0.1:1/none',
    VAR_DIR: join(root, 'var'),
    ...process.env,
  }
}

process.exit(await main())
