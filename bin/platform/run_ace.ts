import { spawn } from 'node:child_process'

/** Runs one administration command against an instance and waits for it. @throws with what it said when it fails. */
export function runAce(
  root: string,
  args: string[],
  environment: NodeJS.ProcessEnv,
  output: 'shown' | 'quiet' = 'shown'
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import=./bin/typescript.mjs', 'bin/console.ts', ...args], {
      cwd: root,
      env: environment,
      stdio: ['ignore', output === 'shown' ? 'inherit' : 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${args[0]} ended with ${code}\n${said}`.trim()))
    )
  })
}

/** Runs a command with our own input and output, and returns its exit code. */
export function runStepInherited(
  root: string,
  args: string[],
  environment: NodeJS.ProcessEnv
): Promise<number> {
  return new Promise((resolve, reject) => {
    const command = ['--import=./bin/typescript.mjs', 'bin/console.ts', ...args]
    const child = spawn(process.execPath, command, { cwd: root, env: environment, stdio: 'inherit' })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
