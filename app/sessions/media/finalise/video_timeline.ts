import type { MediaFrame } from '../recorder/webm_bytes.ts'

/** A black key frame of 8 × 8 pixels in VP8, encoded by libvpx: shown where there is no picture. */
export const BLACK_FRAME = Uint8Array.from(
  Buffer.from('1002009d012a080008000047088585888584880202000c0d6000feffab5080', 'hex')
)

/** How long the last picture stays before it counts as gone. */
export const PICTURE_GAP_MS = 1000
/** A still screen is sent about once a second, and with each key frame. */
export const SCREEN_GAP_MS = 3000
const LAST_PICTURE_STAYS_MS = 100
/** When the layer changes, key frames of several sizes carry one time: they follow each other by a millisecond. */
const SAME_MOMENT_MS = 100

/**
 * Puts the pictures of several takes on one timeline from zero: strictly increasing times, black at zero and at each
 * gap, and after a frame that had to go nothing until the next key frame.
 */
export async function* videoTimeline(
  takes: AsyncIterable<AsyncIterable<MediaFrame>>,
  gapMs: number
): AsyncGenerator<MediaFrame> {
  yield black(0)
  let lastMs = 0
  let lastIsBlack = true
  for await (const frames of takes) {
    let waitsForKeyFrame = true
    for await (const frame of frames) {
      const overlaps = frame.timeMs < lastMs - SAME_MOMENT_MS
      if (overlaps) waitsForKeyFrame = true
      if (overlaps || (waitsForKeyFrame && !frame.keyFrame)) continue
      const timeMs = Math.max(Math.round(frame.timeMs), lastMs + 1)
      waitsForKeyFrame = false
      // Without a key frame the pictures go on from the last one: black in between would turn them to rubbish.
      const gap = timeMs - lastMs > gapMs && frame.keyFrame && !lastIsBlack
      if (gap) yield black(lastMs + LAST_PICTURE_STAYS_MS)
      yield { ...frame, timeMs }
      lastMs = timeMs
      lastIsBlack = false
    }
  }
  if (!lastIsBlack) yield black(lastMs + LAST_PICTURE_STAYS_MS)
}

function black(timeMs: number): MediaFrame {
  return { timeMs, keyFrame: true, data: BLACK_FRAME }
}
