import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readSegment } from './finalise/read_segment.ts'
import { TakeWriter } from './recorder/take_writer.ts'

/** The five figures that were drawn; further people share them. */
const PERSON_CLIPS = 5
const CLIP_MS = 10_000

export interface DemoTrack {
  /** Folder of the review's recording. */
  recordingFolder: string
  identity: string
  name: string
  source: 'camera' | 'microphone'
  /** Which of the drawn figures, from 0; for a camera. */
  figure: number
  startedAt: Date
  durationMs: number
}

/**
 * Writes one track (演示) of generated frames by the recorder's own writer, so that the demonstration is played by
 * the same means as a meeting. The clips in media/demo were encoded beforehand: nothing here can encode. Gives the
 * take's folder name.
 */
export async function writeDemoTrack(projectRoot: string, track: DemoTrack): Promise<string> {
  const clip = track.source === 'camera' ? `person-${(track.figure % PERSON_CLIPS) + 1}.webm` : 'voice.webm'
  const { frames } = readSegment(await readFile(join(projectRoot, 'media', 'demo', clip)))
  const startedAtMs = track.startedAt.getTime()
  let failure: unknown = null
  const take = new TakeWriter({
    recordingFolder: track.recordingFolder,
    identity: track.identity,
    name: track.name,
    trackSid: `demo-${track.identity}-${track.source}`.replace(/[^A-Za-z0-9_-]/g, '_'),
    source: track.source,
    demonstration: true,
    startedAtMs,
    onFailure: (error) => (failure = error),
  })
  for (let loopMs = 0; loopMs < track.durationMs; loopMs += CLIP_MS) {
    for (const frame of frames) {
      const timeMs = loopMs + frame.timeMs
      if (timeMs < track.durationMs) take.write({ ...frame, timeMs })
    }
    await take.settled()
  }
  await take.close(startedAtMs + track.durationMs, 'stopped')
  if (failure !== null) throw failure
  return take.folder
}
