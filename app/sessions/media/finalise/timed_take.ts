import type { MediaFrame } from '../recorder/webm_bytes.ts'
import { clockMap, type SenderReport } from './clock_map.ts'
import { framesOf, type Take } from './read_take.ts'

/** A take with its place on the meeting's timeline, in ms since the zero. */
export interface TimedTake {
  take: Take
  startMs: number
  endMs: number
  /** From the recorder's wall clock (ms since 1970). */
  fromWall: (wallMs: number) => number
  fromMedia: (mediaMs: number) => number
}

/** Places takes by their clocks; those without a single frame are left out. */
export async function timeTakes(takes: readonly Take[], zeroMs: number): Promise<TimedTake[]> {
  const timed: TimedTake[] = []
  for (const take of takes) {
    const participantReports = takes
      .filter((other) => other.start.identity === take.start.identity)
      .flatMap((other): SenderReport[] => other.reports)
    const wallOf = clockMap(take.reports, take.anchors, participantReports, take.start.at)
    const fromMedia = (mediaMs: number): number => wallOf(mediaMs) - zeroMs
    const lastMs = await lastFrameMs(take)
    if (lastMs === null) continue
    const fromWall = (wallMs: number): number => wallMs - zeroMs
    timed.push({ take, startMs: fromMedia(0), endMs: fromMedia(lastMs), fromWall, fromMedia })
  }
  return timed.sort((a, b) => a.startMs - b.startMs)
}

/** The frames of a take in the meeting's time. */
export async function* timedFrames(timed: TimedTake): AsyncGenerator<MediaFrame> {
  for await (const frame of framesOf(timed.take)) yield { ...frame, timeMs: timed.fromMedia(frame.timeMs) }
}

async function lastFrameMs(take: Take): Promise<number | null> {
  for (let count = 1; count <= take.segments.length; count += 1) {
    let last: number | null = null
    for await (const frame of framesOf({ ...take, segments: take.segments.slice(-count) }))
      last = frame.timeMs
    if (last !== null) return last
  }
  return null
}
