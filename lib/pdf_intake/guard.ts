/**
 * `node lib/pdf_intake/guard.ts FILE RESULT`: checks one uploaded file in a thread of its own and watches
 * it, since a hostile file may never end or eat the machine's memory. Writes the outcome as JSON to RESULT
 * and "done/of" lines to standard output. Ends with 0 whatever the outcome is, 1 only when it broke down.
 */
import { stat, writeFile } from 'node:fs/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { type CheckedFile, checkFile } from './check_file.ts'
import { INTAKE_LIMITS } from './limits.ts'

const LOOK_EVERY_MS = 50

async function watch(path: string, result: string): Promise<void> {
  const { size } = await stat(path)
  const mostMemory = INTAKE_LIMITS.memoryBytes + 3 * size
  const started = performance.now()
  const worker = new Worker(import.meta.filename, {
    workerData: path,
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  })
  let over = false
  const finish = async (outcome: CheckedFile, code = 0) => {
    if (over) return
    over = true
    await writeFile(result, JSON.stringify(outcome), { mode: 0o600 })
    process.exit(code)
  }
  setInterval(() => {
    const heavy =
      process.memoryUsage.rss() > mostMemory || performance.now() - started > INTAKE_LIMITS.checkMs
    if (heavy) void finish({ ok: false, refusal: { code: 'too_heavy' } })
  }, LOOK_EVERY_MS)
  worker.on('message', (message: { progress?: [number, number]; outcome?: CheckedFile }) => {
    if (message.progress) process.stdout.write(`${message.progress.join('/')}\n`)
    if (message.outcome) void finish(message.outcome)
  })
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
      return void finish({ ok: false, refusal: { code: 'too_heavy' } })
    process.stderr.write(`${error.stack ?? error}\n`)
    process.exit(1)
  })
}

if (isMainThread) {
  const [path, result] = process.argv.slice(2)
  if (!path || !result) throw new Error('guard.ts FILE RESULT')
  await watch(path, result)
} else {
  const outcome = await checkFile(workerData as string, (done, of) =>
    parentPort!.postMessage({ progress: [done, of] })
  )
  parentPort!.postMessage({ outcome })
}
