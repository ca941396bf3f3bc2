import { spawn } from 'node:child_process'

export interface StepOutcome {
  readonly ok: boolean
  readonly seconds: number
  readonly output: string
}

/** Runs a command to its end and keeps what it printed. `live` also shows it as it comes. */
export function runStep(
  command: string,
  args: string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; live?: boolean }
): Promise<StepOutcome> {
  const from = performance.now()
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const keep = (chunk: Buffer) => {
      output += chunk.toString()
      if (options.live) process.stdout.write(chunk)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const end = (ok: boolean) => resolve({ ok, seconds: (performance.now() - from) / 1000, output })
    child.once('error', (error) => {
      output += String(error)
      end(false)
    })
    child.once('close', (code) => end(code === 0))
  })
}
