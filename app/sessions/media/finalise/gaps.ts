import type { GapReason, ManifestGap } from './manifest.ts'
import { timedFrames, type TimedTake } from './timed_take.ts'

/** Shorter ones are frames that came late, not gaps. */
const GAP_MS = 1000

/** Where a source has neither sound nor picture between its first and last frame, and why. */
export async function gapsOf(takes: readonly TimedTake[]): Promise<ManifestGap[]> {
  const gaps: ManifestGap[] = []
  let previous: TimedTake | null = null
  for (const timed of takes) {
    if (previous !== null && timed.startMs - previous.endMs > GAP_MS) {
      gaps.push(gap(previous.endMs, timed.startMs, reasonBetween(previous)))
    }
    gaps.push(...(await gapsWithin(timed)))
    previous = timed
  }
  return gaps
}

async function gapsWithin(timed: TimedTake): Promise<ManifestGap[]> {
  const gaps: ManifestGap[] = []
  let last = timed.startMs
  for await (const frame of timedFrames(timed)) {
    if (frame.timeMs - last > GAP_MS)
      gaps.push(gap(last, frame.timeMs, reasonWithin(timed, last, frame.timeMs)))
    last = Math.max(last, frame.timeMs)
  }
  return gaps
}

/** Signalling and media come by different ways, so a mute may be noted a little before its last frame. */
const NOTED_EARLY_MS = 1000

function reasonWithin(timed: TimedTake, fromMs: number, toMs: number): GapReason {
  const muted = timed.take.mutes.some((line) => {
    const at = timed.fromWall(line.at)
    return at > fromMs - NOTED_EARLY_MS && at < toMs
  })
  return muted ? 'muted' : 'no_data'
}

function reasonBetween(previous: TimedTake): GapReason {
  const end = previous.take.end
  if (end === null) return 'recorder_killed'
  return end.reason === 'stopped' ? 'recording_off' : end.reason
}

function gap(fromMs: number, toMs: number, reason: GapReason): ManifestGap {
  return { fromMs: Math.round(fromMs), toMs: Math.round(toMs), reason }
}
