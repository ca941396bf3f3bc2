import { test } from '@japa/runner'
import { audioTimeline } from '../../../app/sessions/media/finalise/audio_timeline.ts'
import { clockMap, publisherOffsetMs } from '../../../app/sessions/media/finalise/clock_map.ts'
import { BLACK_FRAME, videoTimeline } from '../../../app/sessions/media/finalise/video_timeline.ts'
import type { MediaFrame } from '../../../app/sessions/media/recorder/webm_bytes.ts'

const START = 1_700_000_000_000
/** The publisher's clock is an hour wrong. */
const WRONG = 3_600_000

/** A report of a publisher whose sound began at START + `slip`, which took `delay` ms to arrive. */
function report(media: number, slip = 0, delay = 5) {
  const wall = START + media + slip
  return { media, publisher: wall - WRONG, at: wall + delay }
}

function anchor(media: number, slip = 0) {
  return { media, least: START + slip + 20 }
}

test.group('Clock of a track', () => {
  test('a wrong clock of the publisher is taken out, by the quickest report around', ({ assert }) => {
    const reports = [report(0, 0, 40), report(5000, 0, 5), report(10_000, 0, 300)]
    assert.equal(publisherOffsetMs(reports, reports[2]!.publisher), WRONG + 5)
    const wall = clockMap(reports, [], reports, START)
    assert.approximately(wall(7000) - START, 7005, 0.01)
  })

  test('drift between reports is followed in a straight line', ({ assert }) => {
    const reports = [report(0), report(10_000, 40)]
    const wall = clockMap(reports, [], reports, START)
    assert.approximately(wall(5000) - START, 5025, 0.01)
    assert.approximately(wall(20_000) - START, 20_045, 0.01)
  })

  test('a slip lies where the arrivals jump, not half way', ({ assert }) => {
    const reports = [report(0), report(10_000, 1800)]
    const anchors = [1000, 3000, 5000, 7000].map((media) => anchor(media))
    const wall = clockMap(reports, [...anchors, anchor(8000, 1800), anchor(9000, 1800)], reports, START)
    assert.approximately(wall(7500) - START, 7505, 0.01)
    assert.approximately(wall(8500) - START, 10_305, 0.01)
  })

  test('beyond the reports the arrivals go on', ({ assert }) => {
    const reports = [report(5000)]
    const anchors = [1000, 5000, 9000, 13_000].map((media) => anchor(media, media > 8000 ? 200 : 0))
    const wall = clockMap(reports, anchors, reports, START)
    assert.approximately(wall(13_500) - START, 13_705, 0.01)
    assert.approximately(wall(500) - START, 505, 0.01)
  })

  test('without reports the arrivals are all there is, without those the start', ({ assert }) => {
    assert.equal(clockMap([], [anchor(0), anchor(1000)], [], START)(500) - START, 520)
    assert.equal(clockMap([], [], [], START)(500) - START, 500)
  })
})

test.group('Timelines', () => {
  async function* stream(times: number[], keys: number[] = times): AsyncGenerator<MediaFrame> {
    for (const timeMs of times) yield { timeMs, keyFrame: keys.includes(timeMs), data: Uint8Array.of(0xf8) }
  }

  async function* takes(...given: AsyncIterable<MediaFrame>[]): AsyncGenerator<AsyncIterable<MediaFrame>> {
    yield* given
  }

  async function shown(frames: AsyncIterable<MediaFrame>): Promise<string[]> {
    const all: string[] = []
    for await (const { timeMs, data } of frames)
      all.push(data === BLACK_FRAME ? `${timeMs} black` : `${timeMs}`)
    return all
  }

  test('black at zero, at a gap and at the end', async ({ assert }) => {
    const frames = videoTimeline(takes(stream([500, 550, 4000])), 1000)
    assert.deepEqual(await shown(frames), ['0 black', '500', '550', '650 black', '4000', '4100 black'])
  })

  test('no black before a picture that builds on the last one', async ({ assert }) => {
    const frames = videoTimeline(takes(stream([500, 4000], [500])), 1000)
    assert.deepEqual(await shown(frames), ['0 black', '500', '4000', '4100 black'])
  })

  test('overlapping takes: nothing goes back, and the later begins with a key frame', async ({ assert }) => {
    const frames = videoTimeline(
      takes(stream([100, 900]), stream([300, 1000, 1100, 1200], [300, 1100])),
      1000
    )
    assert.deepEqual(await shown(frames), ['0 black', '100', '900', '1100', '1200', '1300 black'])
  })

  test('key frames of several layers at one moment all stay', async ({ assert }) => {
    const frames = videoTimeline(takes(stream([500, 500, 500, 533])), 1000)
    assert.deepEqual(await shown(frames), ['0 black', '500', '501', '502', '533', '633 black'])
  })

  async function grid(times: number[], untilMs: number): Promise<{ timeMs: number; silent: boolean }[]> {
    const all = []
    for await (const { timeMs, data } of audioTimeline(stream(times), untilMs)) {
      all.push({ timeMs, silent: data.length === 3 })
    }
    return all
  }

  test('sound has no holes, whatever the sender left out', async ({ assert }) => {
    const frames = await grid([100, 120, 540, 560], 700)
    assert.deepEqual(
      frames.map(({ timeMs }) => timeMs),
      Array.from({ length: 35 }, (_, index) => index * 20)
    )
    assert.deepEqual(
      frames.filter(({ silent }) => !silent).map(({ timeMs }) => timeMs),
      [100, 120, 540, 560]
    )
  })

  test('jitter moves nothing; sound that lags the grid by more than 40 ms is dropped', async ({ assert }) => {
    const jitter = await grid([0, 35, 38, 61], 0)
    assert.deepEqual(
      jitter.map(({ timeMs }) => timeMs),
      [0, 20, 40, 60]
    )
    const late = await grid([0, 20, 40, 60, 20, 30, 80], 0)
    assert.deepEqual(
      late.map(({ timeMs }) => timeMs),
      [0, 20, 40, 60, 80]
    )
  })
})
