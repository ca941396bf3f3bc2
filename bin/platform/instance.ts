import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startEmbeddedPostgres, type RunningPostgres } from '#bin/platform/embedded_postgres'
import { migrate } from '#bin/platform/prepare_database'
import {
  embeddedAccess,
  environmentFor,
  externalAccess,
  grantAccess,
  type DatabaseAccess,
} from '#bin/platform/database_access'
import { freePort } from '#bin/platform/free_port'
import { keptSecret } from '#bin/platform/keys'
import { startChild, stopChild, untilAnswers } from '#bin/platform/children'
import { witnessNeeds, writeWitnessNeeds } from '#bin/platform/witness_needs'

export interface InstanceOptions {
  readonly root: string
  /** Where this instance keeps its files and keys. */
  readonly varDir: string
  readonly port?: number
  readonly host?: string
  readonly demo: boolean
  /** A cluster that runs already, else one is started under `varDir`. */
  readonly postgres?: RunningPostgres
  readonly database?: string
  readonly publicUrl?: string
  readonly environment?: NodeJS.ProcessEnv
  /** False where the draw has to wait for a witness. */
  readonly witness?: boolean
  /** The database is a copy of one whose migrations have run. */
  readonly migrated?: boolean
  /** Use the embedded server that runs already, if one does (administration beside a running app). */
  readonly joinRunning?: boolean
}

const NOT_AN_ADDRESS = (given: string) =>
  `WITNESS_URL is no address of a witness: ${given} (it begins with https:// or http://)`

/** Everything that one installation needs, started in order and stopped in reverse. */
export class Instance {
  #app: ChildProcess | null = null
  #witness: ChildProcess | null = null
  #startedPostgres: RunningPostgres | null = null
  witnessPort = 0

  private constructor(
    readonly options: InstanceOptions,
    readonly url: string,
    readonly environment: NodeJS.ProcessEnv,
    readonly access: DatabaseAccess,
    postgres: RunningPostgres | null
  ) {
    this.#startedPostgres = postgres
  }

  /** Database, migrations and keys; nothing of ours runs yet. */
  static async prepare(options: InstanceOptions): Promise<Instance> {
    mkdirSync(options.varDir, { recursive: true })
    const given = options.environment ?? {}
    const external = given.DATABASE_URL
    const started =
      external || options.postgres
        ? null
        : await startEmbeddedPostgres(join(options.varDir, 'postgres'), { join: options.joinRunning })
    const cluster = options.postgres ?? started
    const access = cluster ? await embeddedAccess(cluster, options) : externalAccess(given, external!)
    const port = options.port ?? (await freePort())
    const host = options.host ?? '127.0.0.1'
    const environment: NodeJS.ProcessEnv = {
      NODE_ENV: 'production',
      ...process.env,
      ...given,
      PORT: String(port),
      HOST: host,
      APP_KEY: given.APP_KEY ?? keptSecret(join(options.varDir, 'keys', 'app.key')),
      PUBLIC_URL: options.publicUrl ?? given.PUBLIC_URL ?? `http://127.0.0.1:${port}`,
      DATABASE_URL: access.app,
      VAR_DIR: options.varDir,
      DEMO: options.demo ? '1' : '0',
      TZ: 'UTC',
    }
    if (!options.migrated) {
      await migrate(options.root, { ...environment, DATABASE_OWNER_URL: access.owner }).catch(
        async (error) => {
          await started?.stop()
          throw error
        }
      )
    }
    await grantAccess(access)
    return new Instance(options, `http://127.0.0.1:${port}`, environment, access, started)
  }

  /** Environment of an administration command: with the role that it needs, and no other's password. */
  environmentFor(command: string): NodeJS.ProcessEnv {
    return environmentFor(command, this.environment, this.access)
  }

  /** Address of the witness that another organisation runs, where one was given; nothing is started here then. */
  get outsideWitness(): string | null {
    const given = this.options.environment?.WITNESS_URL
    if (!given) return null
    if (!/^https?:$/.test(URL.parse(given)?.protocol ?? '')) throw new Error(NOT_AN_ADDRESS(given))
    return given
  }

  /** The witness of draws: another organisation's, else a process of its own here, with its own keys and store. */
  async startWitness(): Promise<void> {
    const { varDir, root } = this.options
    if (this.options.witness === false) return
    const needs = witnessNeeds(varDir, this.environment)
    writeWitnessNeeds(varDir, needs)
    if (this.outsideWitness) return
    const main = join(root, 'witness', 'main.ts')
    if (!existsSync(main)) return
    this.witnessPort ||= await freePort()
    const place = ['--dir', join(varDir, 'witness'), '--port', String(this.witnessPort)]
    const keys = ['--app-key', needs.appKey, '--log', needs.log]
    this.#witness = startChild(root, main, [...place, ...keys], { ...process.env, NODE_ENV: 'production' })
    await untilAnswers(`http://127.0.0.1:${this.witnessPort}/key`, this.#witness)
    this.environment.WITNESS_URL = `http://127.0.0.1:${this.witnessPort}`
  }

  async startApp(): Promise<void> {
    this.#app = startChild(this.options.root, 'bin/server.ts', [], this.environment)
    // With 503 it serves, and says that something else is wrong.
    await untilAnswers(`${this.url}/health`, this.#app, ({ ok, status }) => ok || status === 503)
  }

  get app(): ChildProcess | null {
    return this.#app
  }

  get witness(): ChildProcess | null {
    return this.#witness
  }

  async stopApp(): Promise<void> {
    if (this.#app) await stopChild(this.#app)
    this.#app = null
  }

  async stopWitness(): Promise<void> {
    if (this.#witness) await stopChild(this.#witness)
    this.#witness = null
  }

  async stop(): Promise<void> {
    await this.stopApp()
    await this.stopWitness()
    await this.#startedPostgres?.stop()
  }
}
