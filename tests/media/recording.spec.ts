import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import { finaliseInWorker } from '../../app/sessions/media/finalise/finalise_in_worker.ts'
import { finaliseRecording, PLAYBACK_FOLDER } from '../../app/sessions/media/finalise/finalise_recording.ts'
import type {
  ManifestFile,
  ManifestTrack,
  RecordingManifest,
} from '../../app/sessions/media/finalise/manifest.ts'
import { Meeting, room } from './support/meeting.ts'
import { appendSegments, watch } from './support/player.ts'
import { beepErrors, decodingErrors, median, pictureErrors } from './support/true_time.ts'

interface Scene {
  zero: Date
  recorderKilledMs: number
  serverKilledMs: number
  stoppedMs: number
  manifest: RecordingManifest
}

test.group('Recording a meeting', (group) => {
  let meeting: Meeting
  let alice: Page
  let bob: Page
  let carol: Page
  const scene = {} as Scene

  group.setup(async () => {
    meeting = await Meeting.open()
    return () => meeting.close()
  })
  group.each.timeout(120_000)

  test('the recorder is in the room unseen, and everybody is told that it records', async ({ assert }) => {
    await meeting.heard((message) => message.type === 'state' && message.state === 'recording')
    scene.zero = new Date()
    alice = await meeting.join('alice', { picture: 'clock', sound: 'clock', role: 'leader' })
    bob = await meeting.join('bob', { picture: 'device', sound: 'none' })
    carol = await meeting.join('carol', { picture: 'none', sound: 'device' })
    await heardTrack('alice', 'camera', 0)
    await heardTrack('carol', 'microphone', 0)

    const seen = await state(alice)
    assert.sameMembers(seen.seen, ['bob', 'carol'])
    assert.isTrue(seen.recorded)
    const present = await meeting.rooms.present(room)
    assert.isTrue(present.ok)
    if (present.ok)
      assert.sameMembers(
        present.value.map(({ identity }) => identity),
        ['alice', 'bob', 'carol']
      )
  })

  test('goes on through mutes', async () => {
    await sleep(3000)
    await alice.evaluate(() => (window as any).meeting.setSound(false))
    await bob.evaluate(() => (window as any).meeting.setPicture(false))
    await sleep(2500)
    await alice.evaluate(() => (window as any).meeting.setSound(true))
    await bob.evaluate(() => (window as any).meeting.setPicture(true))
    await sleep(4000)
  })

  test('a killed recorder is started again and records on', async () => {
    scene.recorderKilledMs = Date.now()
    process.kill(meeting.recorder.pid!, 'SIGKILL')
    await heardTrack('alice', 'camera', scene.recorderKilledMs)
    await heardTrack('alice', 'microphone', scene.recorderKilledMs)
    await sleep(5000)
  })

  test('a killed server comes back with its rooms, the pages and the recorder', async ({ assert }) => {
    scene.serverKilledMs = Date.now()
    process.kill(meeting.server.pid!, 'SIGKILL')
    await heardTrack('alice', 'camera', scene.serverKilledMs)
    await heardTrack('bob', 'camera', scene.serverKilledMs)
    await heardTrack('carol', 'microphone', scene.serverKilledMs)
    assert.equal(meeting.server.health.state, 'running')
    for (const page of [alice, bob, carol]) {
      await page.waitForFunction(() => (window as any).meeting.state().connected === 'connected')
    }
    await sleep(5000)
  })

  test('the segments of a take play in a Media Source while the meeting goes on', async ({ assert }) => {
    const take = firstTake('alice', 'microphone')
    const segment = meeting.messages.find((one) => one.type === 'segment_written' && one.take === take)
    if (segment?.type !== 'segment_written') throw new Error('no segment of the microphone was closed')
    const bytes = await readFile(join(meeting.folder, segment.take, segment.file))
    const end = await appendSegments(carol, [bytes], 'audio/webm; codecs=opus')
    assert.approximately(end * 1000, segment.toMs + 20, 100)
  })

  test('is finalised to files that decode, with hashes and gaps told', async ({ assert }) => {
    await meeting.recorder.stop()
    scene.stoppedMs = Date.now()
    await meeting.browser.contexts()[0]?.close()
    scene.manifest = await finaliseInWorker(meeting.folder, scene.zero)
    const { manifest } = scene
    assert.sameMembers(
      manifest.participants.map(({ identity }) => identity),
      ['alice', 'bob', 'carol']
    )
    assert.deepEqual(manifest.damaged, [])
    for (const { files } of manifest.participants) {
      for (const file of files) {
        const path = playable(file)
        assert.equal(sha256(await readFile(path)), file.sha256)
        assert.equal(decodingErrors(path), '', file.file)
        assert.approximately(file.durationMs, scene.stoppedMs - scene.zero.getTime(), 1500, file.file)
        assert.approximately(duration(path), file.durationMs, 150, file.file)
      }
    }
  })

  test('mutes are told as such', ({ assert }) => {
    assert.isTrue(track('alice', 'microphone').gaps.some((gap) => gap.reason === 'muted'))
    assert.isTrue(track('bob', 'camera').gaps.some((gap) => gap.reason === 'muted'))
    assert.isFalse(track('carol', 'microphone').gaps.some((gap) => gap.reason === 'muted'))
  })

  test('what the killed recorder had is kept but for the last second or so', ({ assert }) => {
    const killed = scene.recorderKilledMs - scene.zero.getTime()
    for (const one of [
      track('alice', 'camera'),
      track('alice', 'microphone'),
      track('carol', 'microphone'),
    ]) {
      const take = one.takes[0]!
      assert.equal(take.segments.at(-1)!.state, 'open')
      assert.isAbove(take.endMs, killed - 2000, `${one.source} ends ${killed - take.endMs} ms before`)
      assert.isTrue(one.gaps.some((gap) => gap.reason === 'recorder_killed' && gap.fromMs === take.endMs))
    }
  })

  test('what was missed while the server was down is told', ({ assert }) => {
    const killed = scene.serverKilledMs - scene.zero.getTime()
    const gap = track('alice', 'microphone').gaps.find(({ reason }) => reason === 'disconnected')
    assert.exists(gap)
    assert.approximately(gap!.fromMs, killed, 1500)
  })

  test('pictures and sounds are where they belong in time', ({ assert }) => {
    const path = playable(file('alice'))
    const pictures = pictureErrors(path, scene.zero.getTime()).map(({ errorMs }) => errorMs)
    assert.isAbove(pictures.length, 150)
    assert.approximately(median(pictures), 0, 40)
    const beeps = beepErrors(path, scene.zero.getTime()).map(({ errorMs }) => errorMs)
    assert.isAbove(beeps.length, 8)
    assert.approximately(median(beeps), 0, 80)
  })

  test('plays and seeks in Chromium, and shows the right moment', async ({ assert }) => {
    const zero = scene.zero.getTime()
    const take = track('alice', 'camera').takes
    const moments = take.map(({ startMs, endMs }) => (startMs + endMs) / 2000).reverse()
    const watched = await watch(meeting.browser, meeting.address, file('alice').file, moments)
    assert.approximately(watched.durationS * 1000, file('alice').durationMs, 150)
    assert.isAtLeast(watched.playedS, 0.5)
    for (const seek of watched.seeks) {
      assert.approximately(seek.reachedS, seek.wantedS, 0.01)
      assert.isNotNull(seek.clock)
      assert.approximately(seek.clock! - (zero % 2 ** 32), seek.wantedS * 1000, 300)
    }
  })

  test('a segment altered afterwards is found', async ({ assert }) => {
    const { folder, segments } = track('alice', 'camera').takes.at(-1)!
    const path = join(meeting.folder, folder, segments[0]!.file)
    const bytes = await readFile(path)
    bytes[bytes.length - 20]! ^= 1
    await writeFile(path, bytes)
    const again = await finaliseRecording(meeting.folder, scene.zero)
    assert.deepEqual(again.damaged, [{ take: folder, file: segments[0]!.file, state: 'altered' }])
  })

  async function heardTrack(identity: string, source: string, afterMs: number): Promise<void> {
    await meeting.heard(
      (one) =>
        one.type === 'track_started' &&
        one.identity === identity &&
        one.source === source &&
        one.at > afterMs,
      60_000
    )
  }

  /** The first take of that source. */
  function firstTake(identity: string, source: string): string {
    const found = meeting.messages.find(
      (one) => one.type === 'track_started' && one.identity === identity && one.source === source
    )
    return found?.type === 'track_started' ? found.take : ''
  }

  function state(page: Page): Promise<{ connected: string; recorded: boolean; seen: string[] }> {
    return page.evaluate(() => (window as any).meeting.state())
  }

  function file(identity: string): ManifestFile {
    return scene.manifest.participants.find((one) => one.identity === identity)!.files[0]!
  }

  function track(identity: string, source: string): ManifestTrack {
    return file(identity).tracks.find((one) => one.source === source)!
  }

  function playable({ file: name }: ManifestFile): string {
    return join(meeting.folder, PLAYBACK_FOLDER, name)
  }
})

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function duration(path: string): number {
  const shown = execFileSync('ffprobe', [
    '-v',
    'error',
    '-show_entries',
    'format=duration',
    '-of',
    'csv=p=0',
    path,
  ])
  return Number.parseFloat(shown.toString()) * 1000
}
