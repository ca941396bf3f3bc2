import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = ['frontend', 'lib', 'package-lock.json']
const NOT_SOURCES = new Set(['build', '.svelte-kit', 'node_modules', 'paraglide', '.build.lock'])
/** Of its folder the build writes all but the settings itself: with them every first build would be followed by another. */
const KEPT_BY_INLANG = /[/\\]project\.inlang[/\\](?!settings\.json$)/

/** Builds the web app when its sources differ from what was built last; seconds when they don't. */
export async function buildFrontend(root: string): Promise<void> {
  const unlock = await takeTurn(join(root, 'frontend', '.build.lock'))
  try {
    await buildIfNew(root)
  } finally {
    unlock()
  }
}

/** Two builds into one folder would delete each other's files. A lock whose process is gone is taken over. */
async function takeTurn(file: string): Promise<() => void> {
  for (let waited = 0; ; waited += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    if (!holderLives(file)) rmSync(file, { force: true })
    if (waited > 300) throw new Error(`Another build has held ${file} for five minutes`)
    await new Promise((done) => setTimeout(done, 1000))
  }
}

function holderLives(file: string): boolean {
  if (!existsSync(file)) return false
  return existsSync(`/proc/${readFileSync(file, 'utf8')}`) || process.platform !== 'linux'
}

async function buildIfNew(root: string): Promise<void> {
  const stamp = join(root, 'frontend', 'build', '.sources')
  const digest = digestOf(SOURCES.map((source) => join(root, source)))
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  await run(root)
  writeFileSync(stamp, digest)
}

function digestOf(paths: string[]): string {
  const hash = createHash('sha256')
  const walk = (path: string) => {
    if (KEPT_BY_INLANG.test(path)) return
    if (statSync(path).isFile()) return void hash.update(path).update('\0').update(readFileSync(path))
    for (const name of readdirSync(path).sort()) if (!NOT_SOURCES.has(name)) walk(join(path, name))
  }
  paths.filter((path) => existsSync(path)).forEach(walk)
  return hash.digest('hex')
}

/** The web app, and beside it the offline verifier as one file. */
async function run(root: string): Promise<void> {
  await viteBuild(root, [])
  await viteBuild(root, ['--config', 'offline/vite.config.ts'])
}

function viteBuild(root: string, more: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    const vite = join(root, 'node_modules/vite/bin/vite.js')
    const child = spawn(process.execPath, [vite, 'build', ...more], {
      cwd: join(root, 'frontend'),
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The web app did not build:\n${output}`))
    )
  })
}
