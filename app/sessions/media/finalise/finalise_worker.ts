import { parentPort, workerData } from 'node:worker_threads'
import { finaliseRecording } from './finalise_recording.ts'

/** What the worker is given. */
export interface FinaliseRequest {
  recordingFolder: string
  zeroMs: number
}

const { recordingFolder, zeroMs } = workerData as FinaliseRequest
parentPort?.postMessage(await finaliseRecording(recordingFolder, new Date(zeroMs)))
