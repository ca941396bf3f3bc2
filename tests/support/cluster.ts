import { chmodSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { Instance } from '#bin/platform/instance'
import { startEmbeddedPostgres, type RunningPostgres } from '#bin/platform/embedded_postgres'
import { runAce } from '#bin/platform/run_ace'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const APP_KEY = 'tests-only-key-tests-only-key-tests-only-key'
const TEMPLATE = 'lz_template'

let cluster: Promise<{ postgres: RunningPostgres; directory: string }> | null = null

/** One PostgreSQL cluster and one seeded template per test process; every instance is a copy of it. */
export function testCluster() {
  cluster ??= start()
  return cluster
}

async function start() {
  const directory = mkdtempSync(join(tmpdir(), 'lunzheng-test-'))
  // PostgreSQL, another user under root, keeps its data below: a closed folder sends it to /var/tmp for good.
  chmodSync(directory, 0o755)
  const postgres = await startEmbeddedPostgres(join(directory, 'postgres'), { durable: false })
  process.on('exit', () => {
    process.kill(postgres.pid, 'SIGKILL')
    rmSync(directory, { recursive: true, force: true })
  })
  const template = await Instance.prepare({
    root: ROOT,
    varDir: join(directory, 'template'),
    demo: true,
    postgres,
    database: TEMPLATE,
    environment: { APP_KEY, LOG_LEVEL: 'error' },
  })
  await template.startWitness()
  await runAce(ROOT, ['demo:seed'], template.environment, 'quiet')
  await template.stop()
  return { postgres, directory }
}

export interface TestInstance {
  readonly instance: Instance
  readonly url: string
  /** Straight into the database, as its owner: to look, and to tamper. */
  readonly sql: pg.Pool
  stop(): Promise<void>
}

let count = 0

/**
 * A running installation of its own: app, witness, database with demo people, on free ports.
 * @param options.start false to prepare it without starting the app
 */
export async function testInstance(
  options: { start?: boolean; witness?: boolean; environment?: NodeJS.ProcessEnv } = {}
): Promise<TestInstance> {
  const { postgres, directory } = await testCluster()
  const name = `lz_${process.pid}_${++count}`
  await copyTemplate(postgres, name)
  const varDir = join(directory, name)
  cpSync(join(directory, 'template'), varDir, { recursive: true })
  const instance = await Instance.prepare({
    root: ROOT,
    varDir,
    demo: true,
    postgres,
    database: name,
    witness: options.witness,
    environment: { APP_KEY, LOG_LEVEL: 'error', DATABASE_POOL: '8', ...options.environment },
    migrated: true,
  })
  await instance.startWitness()
  if (options.start !== false) await instance.startApp()
  return asTestInstance(instance, varDir, postgres.url(name))
}

/** As a first `npm start` leaves it: an empty database, set up with the demo's people and projects. */
export async function demoInstance(): Promise<TestInstance> {
  const { postgres, directory } = await testCluster()
  const name = `lz_${process.pid}_${++count}`
  const varDir = join(directory, name)
  const instance = await Instance.prepare({
    root: ROOT,
    varDir,
    demo: true,
    postgres,
    database: name,
    environment: { APP_KEY, LOG_LEVEL: 'error', DATABASE_POOL: '8', MEDIA: 'off' },
  })
  await instance.startWitness()
  await runAce(ROOT, ['demo:seed', '--projects'], instance.environment, 'quiet')
  await instance.startApp()
  return asTestInstance(instance, varDir, postgres.url(name))
}

function asTestInstance(instance: Instance, varDir: string, databaseUrl: string): TestInstance {
  const sql = new pg.Pool({ connectionString: databaseUrl, max: 4 })
  sql.on('error', () => undefined)
  return {
    instance,
    url: instance.url,
    sql,
    stop: async () => {
      await instance.stop()
      await sql.end()
      if (existsSync(varDir)) rmSync(varDir, { recursive: true, force: true })
    },
  }
}

async function copyTemplate(postgres: RunningPostgres, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url('postgres') })
  await client.connect()
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`)
  await client.end()
}
