import { OPUS_SILENCE, OPUS_SILENCE_MS, opusDurationMs } from '../recorder/opus.ts'
import type { MediaFrame } from '../recorder/webm_bytes.ts'

/** From here on a hole is filled; less is jitter of the clock map. */
const AHEAD_MS = 30
/** From here on a packet is dropped, so that the sound does not run behind the picture. */
const BEHIND_MS = 40

/**
 * Puts sound on a grid without holes from zero on: silence where nothing was sent (raw DTX gaps break Chromium's
 * clock), packets dropped where the grid has run ahead. Up to `untilMs` at least.
 */
export async function* audioTimeline(
  frames: AsyncIterable<MediaFrame>,
  untilMs: number
): AsyncGenerator<MediaFrame> {
  let cursor = 0
  for await (const frame of frames) {
    if (frame.timeMs - cursor >= AHEAD_MS) {
      while (frame.timeMs - cursor >= OPUS_SILENCE_MS) {
        yield silence(cursor)
        cursor += OPUS_SILENCE_MS
      }
    }
    if (cursor - frame.timeMs > BEHIND_MS) continue
    yield { timeMs: cursor, keyFrame: true, data: frame.data }
    cursor += opusDurationMs(frame.data)
  }
  while (untilMs - cursor >= OPUS_SILENCE_MS) {
    yield silence(cursor)
    cursor += OPUS_SILENCE_MS
  }
}

function silence(timeMs: number): MediaFrame {
  return { timeMs, keyFrame: true, data: OPUS_SILENCE }
}
