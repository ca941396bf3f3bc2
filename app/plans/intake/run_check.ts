import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import type { CheckedFile } from '#lib/pdf_intake/check_file'

/** Beyond the check's own limit: whatever happens, the process is gone then. */
const KILL_AFTER_MS = 240_000

/**
 * Checks a file in a process of its own without this one's rights to secrets: it gets no environment.
 * @throws when the check itself breaks down, which says nothing about the file.
 */
export async function runCheck(
  path: string,
  progress: (done: number, of: number) => void
): Promise<CheckedFile> {
  const result = `${path}.json`
  try {
    await run(path, result, progress)
    return JSON.parse(await readFile(result, 'utf8')) as CheckedFile
  } finally {
    await rm(result, { force: true })
  }
}

function run(path: string, result: string, progress: (done: number, of: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = app.makePath('lib', 'pdf_intake', 'guard.ts')
    const child = spawn(process.execPath, ['--no-warnings', script, path, result], {
      env: { TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
    let errors = ''
    child.stderr.on('data', (chunk) => (errors = `${errors}${chunk}`.slice(-4000)))
    child.stdout.on('data', (chunk) => {
      const [done, of] = String(chunk).trim().split('\n').at(-1)!.split('/').map(Number)
      if (of) progress(done!, of)
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) resolve()
      else reject(new Error(`The PDF check ended with ${code ?? signal}: ${errors}`))
    })
  })
}
