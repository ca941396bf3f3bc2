import { Worker } from 'node:worker_threads'
import type { FinaliseRequest } from './finalise_worker.ts'
import type { RecordingManifest } from './manifest.ts'

/** `finaliseRecording` in a thread of its own, for the process that serves requests. */
export function finaliseInWorker(recordingFolder: string, zero: Date): Promise<RecordingManifest> {
  return new Promise((resolve, reject) => {
    const request: FinaliseRequest = { recordingFolder, zeroMs: zero.getTime() }
    // Node's own type stripping reads these files: no loader, so nothing else is started with the thread.
    const worker = new Worker(new URL('./finalise_worker.ts', import.meta.url), {
      workerData: request,
      execArgv: [],
    })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) =>
      reject(new Error(`the finalising thread ended with code ${code} and no manifest`))
    )
  })
}
