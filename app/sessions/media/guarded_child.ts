import { spawn, type ChildProcess } from 'node:child_process'

/**
 * The shell leaves a guard behind and becomes the program itself, so the child's pid is the program's.
 * The guard waits on a pipe that only this process holds open: when this process is gone, however it went,
 * the pipe ends and the guard kills the program. A line on the pipe lets the guard go instead.
 */
const GUARD = '( read -r released <&3 || kill -KILL $$ ) >/dev/null 2>&1 & exec "$@" 3<&-'

export interface GuardedChild {
  process: ChildProcess
  pid: number
  /** To be called once the program has ended, so that the guard does not kill a later holder of its pid. */
  release: () => void
}

/** Starts a program that cannot outlive this process. It gets a process group of its own, out of Ctrl-C's reach. */
export function spawnGuarded(command: string, args: string[], env: NodeJS.ProcessEnv): GuardedChild {
  const child = spawn('/bin/sh', ['-c', GUARD, 'guard', command, ...args], {
    env,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  const pipe = child.stdio[3]
  if (!pipe || !('write' in pipe) || child.pid === undefined)
    throw new Error(`${command} could not be started`)
  // The guard may be gone already: then there is nothing to release.
  pipe.on('error', () => undefined)
  return { process: child, pid: child.pid, release: () => pipe.end('\n') }
}
