/** `npm start`: everything on embedded defaults, or on what the environment names. Ctrl-C stops all of it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DatabaseMissing } from '#bin/platform/embedded_postgres'
import { Instance } from '#bin/platform/instance'
import { killAllChildren } from '#bin/platform/children'
import { portTaken } from '#bin/platform/free_port'
import { buildFrontend } from '#bin/platform/build_frontend'
import { runAce } from '#bin/platform/run_ace'
import { say, timed } from '#bin/platform/progress'
import { witnessLines } from '#bin/platform/witness_needs'

const root = fileURLToPath(new URL('../', import.meta.url))
const DEFAULT_PORT = 3333

async function choosePort(): Promise<number> {
  if (process.env.PORT) return Number(process.env.PORT)
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + 20; port++) if (!(await portTaken(port))) return port
  throw new Error(`Ports ${DEFAULT_PORT} to ${DEFAULT_PORT + 19} are all taken. Set PORT.`)
}

/** Two commands on one data folder would stop each other's database. */
function lock(varDir: string): () => void {
  mkdirSync(varDir, { recursive: true })
  const file = join(varDir, 'serve.pid')
  if (existsSync(file) && isAlive(Number(readFileSync(file, 'utf8')))) {
    throw new Error(
      `An instance runs already on ${varDir} (process ${readFileSync(file, 'utf8')}). Stop it first.`
    )
  }
  writeFileSync(file, String(process.pid))
  return () => rmSync(file, { force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function main(): Promise<void> {
  const varDir = process.env.VAR_DIR ?? join(root, 'var')
  const unlock = lock(varDir)
  const demo = process.env.DEMO === '1' || (!process.env.DATABASE_URL && process.env.DEMO !== '0')
  await timed('web app built', () => buildFrontend(root))
  const port = await choosePort()
  const instance = await timed('database ready', async () =>
    Instance.prepare({ root, varDir, port, host: process.env.HOST, demo, environment: process.env })
  )
  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    say(`\n${signal}: stopping`)
    await instance.stop()
    unlock()
    process.exit(0)
  }
  process.on('SIGINT', () => void stop('SIGINT'))
  process.on('SIGTERM', () => void stop('SIGTERM'))
  process.on('exit', killAllChildren)
  await timed('witness ready', () => instance.startWitness())
  const { outsideWitness, environment } = instance
  for (const line of witnessLines(outsideWitness, { varDir, environment })) say(`  ${line}`)
  if (demo)
    await timed('demo people and projects ready', () =>
      // Thousands of small steps, each with its entry: losing the last half second of them costs a restart.
      runAce(root, ['demo:seed', '--projects'], {
        ...instance.environment,
        PGOPTIONS: '-c synchronous_commit=off',
      })
    )
  await timed('app ready', () => instance.startApp())
  say(`\n论证 Lunzheng: ${instance.environment.PUBLIC_URL}`)
  if (demo) say(`Demo sign-ins:  ${instance.environment.PUBLIC_URL}/demo`)
  say('Ctrl-C stops everything.')
  keepAlive(instance, () => stopping)
}

/** An app that crashed comes back; one that can't start for a minute takes the command down with it. */
function keepAlive(instance: Instance, stopping: () => boolean): void {
  const watch = () => {
    instance.app?.once('exit', async (code) => {
      if (stopping()) return
      say(`The app ended with ${code}; starting it again.`)
      await instance.startApp()
      watch()
    })
  }
  watch()
}

await main().catch((error) => {
  say(error instanceof DatabaseMissing ? error.message : (error.stack ?? String(error)))
  killAllChildren()
  process.exit(1)
})
