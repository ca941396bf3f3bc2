import { appendFile, mkdtemp, readFile, rm, truncate, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { readSegment } from '../../../app/sessions/media/finalise/read_segment.ts'
import { framesOf, readTakes } from '../../../app/sessions/media/finalise/read_take.ts'
import { TakeWriter } from '../../../app/sessions/media/recorder/take_writer.ts'
import {
  concat,
  webmCluster,
  webmHeader,
  type MediaFrame,
} from '../../../app/sessions/media/recorder/webm_bytes.ts'

const FRAMES: MediaFrame[] = Array.from({ length: 40 }, (_, index) => ({
  timeMs: index * 100,
  keyFrame: index % 20 === 0,
  data: Uint8Array.from({ length: 1 + index * 11 }, (__, at) => at % 251),
}))

test.group('Segments', () => {
  test('what is written is read again', ({ assert }) => {
    const bytes = concat([
      webmHeader('video', { width: 640, height: 360 }),
      webmCluster(FRAMES.slice(0, 10)),
      webmCluster(FRAMES.slice(10)),
    ])
    assert.deepEqual(readSegment(bytes), { frames: FRAMES, cutOff: false })
  })

  test('cut off anywhere, everything whole before the cut is read', ({ assert }) => {
    const header = webmHeader('audio', { width: 0, height: 0 })
    const bytes = concat([header, webmCluster(FRAMES.slice(0, 4)), webmCluster(FRAMES.slice(4, 8))])
    let least = 0
    for (let length = 0; length <= bytes.length; length += 1) {
      const { frames } = readSegment(bytes.subarray(0, length))
      assert.isAtLeast(frames.length, least)
      assert.deepEqual(frames, FRAMES.slice(0, frames.length))
      least = frames.length
    }
    assert.equal(least, 8)
  })

  test('segments joined after the first header are one file', ({ assert }) => {
    const header = webmHeader('video', { width: 8, height: 8 })
    const joined = concat([header, webmCluster(FRAMES.slice(0, 20)), webmCluster(FRAMES.slice(20))])
    assert.deepEqual(readSegment(joined).frames, FRAMES)
  })

  test('a block too far from its cluster is refused', ({ assert }) => {
    assert.throws(() => webmCluster([FRAMES[0]!, { ...FRAMES[1]!, timeMs: 40_000 }]), RangeError)
  })
})

test.group('Takes', (group) => {
  let folder = ''
  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'take-'))
    return () => rm(folder, { recursive: true })
  })

  async function write(durationMs: number): Promise<string> {
    const failures: unknown[] = []
    const take = new TakeWriter({
      recordingFolder: folder,
      identity: 'alice',
      name: '王工',
      trackSid: 'TR_a',
      source: 'microphone',
      startedAtMs: 1_700_000_000_000,
      onFailure: (error) => failures.push(error),
    })
    for (let timeMs = 0; timeMs < durationMs; timeMs += 20) {
      take.write({ timeMs, keyFrame: true, data: Uint8Array.of(0xf8, timeMs & 0xff) })
    }
    await take.close(1_700_000_000_000 + durationMs, 'left')
    if (failures.length > 0) throw failures[0]
    return take.folder
  }

  test('segments of ten seconds, sealed with their hash', async ({ assert }) => {
    await write(25_000)
    const [take] = await readTakes(folder)
    assert.equal(take!.segments.length, 3)
    assert.isTrue(take!.segments.every(({ state }) => state === 'sealed'))
    assert.deepEqual(take!.end, { type: 'end', at: 1_700_000_025_000, reason: 'left' } as typeof take.end)
    let count = 0
    for await (const frame of framesOf(take!)) {
      assert.equal(frame.timeMs, count * 20)
      count += 1
    }
    assert.equal(count, 1250)
  })

  test('altered, missing and unsealed segments are told apart', async ({ assert }) => {
    const name = await write(35_000)
    const at = (file: string): string => join(folder, name, file)
    await appendFile(at('00000.webm'), 'x')
    await unlink(at('00001.webm'))
    const index = await readFile(at('index.jsonl'), 'utf8')
    const unsealed = index
      .split('\n')
      .filter((line) => !line.includes('00003.webm') && !line.includes('"end"'))
    await truncate(at('index.jsonl'))
    // The line that was being written when the process was killed.
    await appendFile(at('index.jsonl'), `${unsealed.join('\n')}{"type":"anch`)
    const [take] = await readTakes(folder)
    assert.deepEqual(
      take!.segments.map(({ state }) => state),
      ['altered', 'missing', 'sealed', 'open']
    )
    assert.isNull(take!.end)
  })
})
