import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { until } from '#tests/support/draw_life'
import type { RoomClient } from '#tests/support/room_client'
import { enter, openedMeeting, soon } from '#tests/support/room_fixtures'
import { seatedReview, type SeatedReview } from '#tests/support/room_life'

test.group('The recording of a meeting, with a real media server', (group) => {
  let app: TestInstance
  let review: SeatedReview
  let members: RoomClient[]
  let owner: RoomClient
  const url = (path: string) => `/api/sessions/${review.reviewId}${path}`

  group.setup(async () => {
    app = await testInstance()
    review = await seatedReview(app)
    members = await openedMeeting(review)
    owner = await enter(review.owner, review.reviewId)
    return async () => {
      for (const client of [...members, owner]) client.close()
      await app.stop()
    }
  })
  group.each.timeout(600_000)

  test('MEET-6: everybody sees whether it is recorded, and tokens fit the role', async ({ assert }) => {
    // A fresh clone builds its media server first; without it the token's answer says so.
    const deadline = performance.now() + 400_000
    let token = await review.panel[0]!.person.get(url('/media-token'))
    while (token.status === 503 && performance.now() < deadline) {
      await new Promise((done) => setTimeout(done, 500))
      token = await review.panel[0]!.person.get(url('/media-token'))
    }
    assert.equal(token.status, 200, JSON.stringify(token.body))
    const grants = JSON.parse(Buffer.from(token.body.token.split('.')[1], 'base64url').toString())
    assert.equal(grants.video.room, `review-${review.reviewId}`)
    await soon(
      () => [...members, owner].every((client) => client.state('room').recording.state === 'recording'),
      'the recording',
      60
    )
    await members[0]!.must('meeting.deliberate', {})
    assert.equal((await review.owner.get(url('/media-token'))).body.error.code, 'E_DELIBERATION')
  })

  test('after the meeting its files are listed with hashes that the ledger has', async ({ assert }) => {
    await members[0]!.must('meeting.adjourn', { reason: '材料待补' })
    const done = await until(
      () => review.panel[0]!.person.get(url('/recording')),
      ({ body }) => body.finished !== null,
      'the finished recording'
    )
    assert.match(done.body.sha256, /^[0-9a-f]{64}$/)
    const folder = join(app.instance.environment.VAR_DIR!, 'recordings', review.reviewId)
    assert.isTrue(existsSync(join(folder, 'playback', 'manifest.json')))
    const events = readFileSync(join(folder, 'events.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.isTrue(events.some((event) => event.type === 'meeting.opened'))
    assert.isFalse(events.some((event) => event.channel.startsWith('seat:')))
    const { rows } = await app.sql.query(
      `SELECT p.payload FROM ledger_entries e JOIN ledger_payloads p USING (index) WHERE e.type = 'recording.finished'`
    )
    assert.include(rows[0].payload, done.body.sha256)
  })
})
