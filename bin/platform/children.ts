import { spawn, type ChildProcess } from 'node:child_process'

const WAIT_SECONDS = 60
const children = new Set<ChildProcess>()

/** Starts one of our own processes under the project's Node. It ends with us. */
export function startChild(
  root: string,
  script: string,
  args: string[],
  environment: NodeJS.ProcessEnv
): ChildProcess {
  const child = spawn(
    process.execPath,
    ['--import=./bin/typescript.mjs', '--enable-source-maps', script, ...args],
    {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'inherit', 'inherit'],
    }
  )
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

/** Waits until an address answers; fails at once when the process behind it has ended. */
export async function untilAnswers(
  url: string,
  child: ChildProcess,
  serves: (answer: Response) => boolean = ({ ok }) => ok
): Promise<void> {
  const deadline = performance.now() + WAIT_SECONDS * 1000
  while (performance.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`${child.spawnargs.slice(3).join(' ')} ended with ${child.exitCode}`)
    const answer = await fetch(url).catch(() => null)
    if (answer && serves(answer)) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`${url} did not answer within ${WAIT_SECONDS} s`)
}

export async function stopChild(child: ChildProcess, graceMs = 10_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  child.kill('SIGTERM')
  const forced = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await ended
  clearTimeout(forced)
}

export function killAllChildren(): void {
  for (const child of children) child.kill('SIGKILL')
}
