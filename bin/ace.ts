/**
 * `npm run ace -- COMMAND`: administration of the installation whose database the environment names, else of
 * the embedded one, which is started for the command if it isn't running.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nothingToAdminister } from '#bin/ace/existing_installation'
import { asksForTheList, DEMO_RESET_HELP, listOfCommands } from '#bin/ace/own_commands'
import { backup, BACKUP_HELP, backupArguments } from '#bin/backup/commands'
import { restoreBackup } from '#bin/backup/restore_installation'
import { databaseFolders, DatabaseMissing } from '#bin/platform/embedded_postgres'
import { Instance } from '#bin/platform/instance'
import { runStepInherited } from '#bin/platform/run_ace'

const root = fileURLToPath(new URL('../', import.meta.url))
const args = process.argv.slice(2)

const varDir = process.env.VAR_DIR ?? join(root, 'var')
const MISUSE = 2

/** Commands that look at files only must not need a database. */
function needsNoDatabase(args: readonly string[]): boolean {
  const fromFile = args[0] === 'draw:fairness' && args.some((one) => one.startsWith('--entries'))
  return fromFile || args[0] === 'plans:assess'
}

async function main(): Promise<number> {
  if (asksForTheList(args)) return print(listOfCommands())
  const [command, ...rest] = args as [string, ...string[]]
  if (rest.includes('--help') || rest.includes('-h')) return help(command)
  if (needsNoDatabase(args)) return runStepInherited(root, args, bareEnvironment())
  if (command === 'restore') return restoreFrom(rest)
  if (command === 'demo:reset') return resetDemo()
  const nothing = nothingToAdminister(command, varDir, process.env)
  if (nothing) return refuse(nothing, 1)
  if (command === 'backup') return backUp(rest)
  const instance = await prepare()
  try {
    if (command === 'ledger:erase' && !instance.access.eraser)
      return refuse('ledger:erase signs in by DATABASE_ERASER_URL, which is not set.', MISUSE)
    if (command === 'ledger:resume') await letTheWitnessAnswer(instance)
    return await runStepInherited(root, args, instance.environmentFor(command))
  } finally {
    await instance.stop()
  }
}

function help(command: string): number | Promise<number> {
  if (command === 'backup' || command === 'restore') return print(BACKUP_HELP)
  if (command === 'demo:reset') return print(DEMO_RESET_HELP)
  // Its kernel misses arguments even where only help is asked for.
  const anything = ['-', '-']
  return runStepInherited(root, [command, '--help', ...anything], bareEnvironment())
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

function refuse(why: string, code: number): number {
  process.stderr.write(`${why}\n`)
  return code
}

function prepare(): Promise<Instance> {
  return Instance.prepare({
    root,
    varDir,
    demo: process.env.DEMO !== '0' && !process.env.DATABASE_URL,
    environment: process.env,
    joinRunning: true,
  })
}

async function backUp(rest: string[]): Promise<number> {
  const asked = backupArguments(rest)
  if (!asked) return refuse(BACKUP_HELP, MISUSE)
  const instance = await prepare()
  try {
    return await backup({ varDir, ownerUrl: instance.access.owner }, asked.folder, asked.withKeys)
  } finally {
    await instance.stop()
  }
}

async function restoreFrom(rest: string[]): Promise<number> {
  const asked = backupArguments(rest)
  if (!asked?.yes) return refuse(BACKUP_HELP, MISUSE)
  if (isRunning()) return refuse(STOP_FIRST, 1)
  return restoreBackup({ root, varDir, environment: process.env }, asked.folder)
}

const STOP_FIRST = 'The installation is running. Stop it first (Ctrl-C).'

function isRunning(): boolean {
  const lock = join(varDir, 'serve.pid')
  return existsSync(lock) && existsSync(`/proc/${readFileSync(lock, 'utf8')}`)
}

/** The witness of npm start stops with it, and only it may know how far a log went whose head is gone. */
async function letTheWitnessAnswer(instance: Instance): Promise<void> {
  const ours = !process.env.WITNESS_URL && existsSync(join(varDir, 'witness'))
  if (ours && !isRunning()) await instance.startWitness()
}

/** Database, witness and files together: a witness that remembers plans which are gone would refuse their draws. */
function resetDemo(): number {
  if (process.env.DATABASE_URL)
    return refuse('demo:reset is for the embedded database only; DATABASE_URL is set.', MISUSE)
  if (isRunning()) return refuse(STOP_FIRST, 1)
  const kept = ['livekit']
  const parts = existsSync(varDir) ? readdirSync(varDir).filter((name) => !kept.includes(name)) : []
  const folders = [...parts.map((name) => join(varDir, name)), ...databaseFolders(join(varDir, 'postgres'))]
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  return print('Database, witness and files are gone. The next npm start makes the demonstration anew.\n')
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

process.exit(
  await main().catch((error: unknown) => {
    if (error instanceof DatabaseMissing) return refuse(error.message, 1)
    throw error
  })
)
