import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { writeDemoTrack } from '../../../app/sessions/media/demo_media.ts'
import { finaliseInWorker } from '../../../app/sessions/media/finalise/finalise_in_worker.ts'
import { decodingErrors } from '../support/true_time.ts'
import { PROJECT_ROOT } from '../support/meeting.ts'

test.group('Demonstration media', (group) => {
  let folder = ''
  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-'))
    return () => rm(folder, { recursive: true })
  })

  test('drawn frames become a recording like any other, marked 演示', async ({ assert }) => {
    const startedAt = new Date('2026-03-02T01:00:00Z')
    const person = {
      recordingFolder: folder,
      identity: 'u1',
      name: '陈工',
      figure: 6,
      startedAt,
      durationMs: 25_000,
    }
    await writeDemoTrack(PROJECT_ROOT, { ...person, source: 'camera' })
    await writeDemoTrack(PROJECT_ROOT, { ...person, source: 'microphone' })
    const manifest = await finaliseInWorker(folder, new Date(startedAt.getTime() - 2000))
    assert.isTrue(manifest.demonstration)
    const [file] = manifest.participants[0]!.files
    assert.approximately(file!.durationMs, 27_000, 200)
    assert.deepEqual(
      file!.tracks.map(({ startMs, gaps }) => ({ startMs, gaps })),
      [
        { startMs: 2000, gaps: [] },
        { startMs: 2000, gaps: [] },
      ]
    )
    const path = join(folder, 'playback', file!.file)
    assert.equal(decodingErrors(path), '')
    assert.equal(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
      file!.sha256
    )
  })

  test('finalising what is not there fails with an error, not in silence', async ({ assert }) => {
    await assert.rejects(() => finaliseInWorker('/dev/null/none', new Date(0)))
  })
})
