import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { test } from '@japa/runner'
import { ace } from '#tests/support/ace'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { signIn, visitor, type Person } from '#tests/support/person'
import { recordedMeeting, type RecordedMeeting } from '#tests/support/recorded_meeting'

const MIB = 1_048_576

test.group('Recordings under an inspection', (group) => {
  let app: TestInstance
  let meeting: RecordedMeeting
  let authority: Person
  let centre: Person
  let file: { url: string; size: number; path: string }
  let inspection: string

  group.setup(async () => {
    app = await testInstance()
    meeting = await recordedMeeting(app, { cameras: ['A', 'C'], altered: true })
    authority = await signIn(app.url, '19900000009')
    centre = await signIn(app.url, '19900000008')
    const playable = meeting
      .manifest!.participants.flatMap(({ files }) => files)
      .sort((a, b) => b.bytes - a.bytes)[0]!
    file = {
      url: `/api/supervision/recordings/${meeting.reviewId}/files/${playable.file}`,
      size: playable.bytes,
      path: join(meeting.folder!, 'playback', playable.file),
    }
  })
  group.teardown(() => app?.stop())
  group.each.timeout(120_000)

  const range = (header: string) => ({ range: header })
  const bytes = async (person: Person, header?: string, method = 'GET') => {
    const response = await fetch(new URL(file.url, app.url), {
      method,
      headers: { cookie: person.cookieHeader, ...(header ? { range: header } : {}) },
    })
    return {
      status: response.status,
      headers: response.headers,
      body: Buffer.from(await response.arrayBuffer()),
    }
  }

  test('MEET-6: no inspection, no byte and no word', async ({ assert }) => {
    assert.equal((await authority.get(file.url, range('bytes=0-99'))).status, 404)
    assert.equal((await authority.get(`/api/supervision/reviews/${meeting.reviewId}/playback`)).status, 404)
    const finding = { atMs: 1000, subject: 'opinions', text: '撤回未写页码依据' }
    assert.equal(
      (await authority.post(`/api/supervision/reviews/${meeting.reviewId}/findings`, finding)).status,
      404
    )
    assert.equal(
      (
        await authority.post(`/api/supervision/reviews/${meeting.reviewId}/contacts`, {
          userId: meeting.members.A.userId,
        })
      ).status,
      404
    )
    assert.equal((await authority.post(`/api/supervision/recordings/${meeting.reviewId}/check`)).status, 404)
    const detail = await authority.get(`/api/supervision/reviews/${meeting.reviewId}`)
    assert.deepEqual([detail.status, detail.body.openInspection, detail.body.inspections], [200, null, []])
  })

  test('SUP-2: the list says what was, with figures', async ({ assert }) => {
    const { body } = await authority.get('/api/supervision/reviews?q=五象湖')
    const row = body.reviews.find(({ reviewId }: any) => reviewId === meeting.reviewId)
    assert.include(row, { minutes: 12, opinions: 6, items: 2, inspections: 0 })
    assert.deepEqual(row.facts, [{ code: 'pauses', count: 1 }])
    assert.isEmpty((await authority.get('/api/supervision/reviews?q=无此方案')).body.reviews)
  })

  test('MEET-6: an inspection tells every expert, and one number counts once a review', async ({
    assert,
  }) => {
    const path = `/api/supervision/reviews/${meeting.reviewId}/inspections`
    assert.equal((await authority.post(path, { number: '', reason: '随机抽查' })).status, 422)
    assert.equal((await authority.post(path, { number: 'CC-2026-03', reason: '' })).status, 422)
    const opened = await authority.press(path, { number: 'CC-2026-03', reason: '随机抽查' })
    assert.equal(opened.status, 201)
    inspection = opened.body.id
    assert.equal(
      (await centre.press(path, { number: 'CC-2026-03', reason: '再次抽查' })).body.error.code,
      'E_INSPECTION_KNOWN'
    )
    const { rows } = await app.sql.query(
      `SELECT user_id, params FROM messages WHERE kind = 'inspection.opened'`
    )
    assert.sameMembers(
      rows.map(({ user_id }) => user_id),
      Object.values(meeting.members).map(({ userId }) => userId)
    )
    assert.equal(rows[0].params.number, 'CC-2026-03')
    assert.notInclude(JSON.stringify(rows[0].params), '随机抽查')
    const nowhere = '018f0000-0000-7000-8000-000000000000'
    assert.equal(
      (
        await authority.press(`/api/supervision/reviews/${nowhere}/inspections`, {
          number: 'CC-2026-04',
          reason: '随机抽查',
        })
      ).status,
      404
    )
    assert.equal(
      (await authority.get(file.url, range('bytes=0-99'))).status,
      404,
      'an inspection is not yet an opening'
    )
  })

  test('MEET-6: an opening is on record and lets its own person see', async ({ assert }) => {
    const opened = await authority.press(`/api/supervision/inspections/${inspection}/openings`)
    assert.equal(opened.status, 201)
    assert.equal((await authority.get(file.url, range('bytes=0-99'))).status, 206)
    assert.equal(
      (await centre.get(file.url, range('bytes=0-99'))).status,
      404,
      'not for somebody who has not opened it'
    )
    const { rows } = await app.sql.query(`SELECT type FROM ledger_entries WHERE stream = $1 ORDER BY seq`, [
      `review/${meeting.reviewId}`,
    ])
    assert.includeMembers(
      rows.map(({ type }) => type),
      ['inspection.opened', 'recording.opened']
    )
    const looks = (await authority.get('/api/supervision/looks?kind=recording')).body.looks
    assert.lengthOf(looks, 1)
    assert.include(looks[0], { by: '黎振宇', inspection: 'CC-2026-03', capacity: 'authority' })
  })

  test('others: the organiser, the parties and the experts are refused, with and without an opening', async ({
    assert,
  }) => {
    const mobiles = [
      '19900000001',
      '19900000002',
      '19900000003',
      '19900000005',
      meeting.members.A.mobile,
      '19900000010',
      '19900000012',
    ]
    for (const mobile of mobiles) {
      const person = await signIn(app.url, mobile)
      assert.equal((await person.get(file.url, range('bytes=0-99'))).status, 403, mobile)
      assert.equal(
        (await person.get(`/api/supervision/reviews/${meeting.reviewId}/playback`)).status,
        403,
        mobile
      )
      assert.equal((await person.get('/api/supervision/reviews')).status, 403, mobile)
      assert.equal(
        (await person.press(`/api/supervision/inspections/${inspection}/openings`)).status,
        403,
        mobile
      )
      assert.equal(
        (await person.get('/api/supervision/looks')).status,
        mobile === '19900000012' ? 200 : 403,
        mobile
      )
    }
    assert.equal((await (await visitor(app.url)).get(file.url, range('bytes=0-99'))).status, 401)
  })

  test('ranges: parts of at most 1 MiB, each with its place', async ({ assert }) => {
    assert.isAbove(file.size, 2 * MIB)
    const disk = readFileSync(file.path)
    const first = await bytes(authority, 'bytes=0-')
    assert.equal(first.status, 206)
    assert.equal(first.headers.get('content-range'), `bytes 0-${MIB - 1}/${file.size}`)
    assert.equal(first.headers.get('content-type'), 'video/webm')
    assert.equal(first.headers.get('accept-ranges'), 'bytes')
    assert.equal(first.headers.get('cache-control'), 'no-store')
    assert.isTrue(first.body.equals(disk.subarray(0, MIB)))
    const whole = Buffer.alloc(file.size)
    for (let from = 0; from < file.size;) {
      const part = await bytes(authority, `bytes=${from}-`)
      part.body.copy(whole, from)
      from += part.body.length
    }
    assert.isTrue(whole.equals(disk))
    const end = await bytes(authority, 'bytes=-1000')
    assert.isTrue(end.body.equals(disk.subarray(file.size - 1000)))
    assert.equal((await bytes(authority, 'bytes=0-0')).body.length, 1)
  })

  test('ranges: whole files are not given, what lies outside is 416, HEAD tells the length', async ({
    assert,
  }) => {
    const without = await authority.get(file.url)
    assert.deepEqual([without.status, without.body.error.code], [400, 'E_RANGE_REQUIRED'])
    for (const header of [`bytes=${file.size}-`, 'bytes=9-3', 'bytes=0-1,4-5', 'bytes=-0']) {
      const refused = await bytes(authority, header)
      assert.deepEqual(
        [refused.status, refused.headers.get('content-range'), refused.body.length],
        [416, `bytes */${file.size}`, 0],
        header
      )
    }
    const head = await bytes(authority, undefined, 'HEAD')
    assert.deepEqual(
      [head.status, head.headers.get('content-length'), head.body.length],
      [200, String(file.size), 0]
    )
    assert.equal((await bytes(centre, undefined, 'HEAD')).status, 404)
  })

  test('files: only those that the manifest names', async ({ assert }) => {
    const base = `/api/supervision/recordings/${meeting.reviewId}/files/`
    writeFileSync(join(meeting.folder!, 'playback', 'other-camera.webm'), 'not in the manifest')
    for (const name of [
      'manifest.json',
      'other-camera.webm',
      '..%2Fplayback%2Fmanifest.json',
      '%2e%2e%2fmanifest.json',
      'x.webm',
      'a%00.webm',
    ])
      assert.oneOf((await authority.get(base + name, range('bytes=0-9'))).status, [404, 422], name)
  })

  test('playback: events of room and panel, drafts of nobody, the altered segment named', async ({
    assert,
  }) => {
    await app.sql.query(
      `INSERT INTO room_operations SELECT gen_random_uuid(), review_id, 100000, 'seat:x', 1, gen_random_uuid(), 0, 'draft.saved', '{"secret":"草稿"}', NULL, NULL, at, wall
       FROM room_operations WHERE review_id = $1 LIMIT 1`,
      [meeting.reviewId]
    )
    const { status, body } = await authority.get(`/api/supervision/reviews/${meeting.reviewId}/playback`)
    assert.equal(status, 200)
    assert.equal(body.zero, meeting.zero.getTime())
    assert.sameMembers([...new Set(body.events.map(({ channel }: any) => channel))] as string[], [
      'room',
      'panel',
    ])
    assert.notInclude(JSON.stringify(body), '草稿')
    const opinion = body.events.find(({ data }: any) => data.label === 'E2')
    assert.equal(opinion.wall - body.zero, 372_400)
    assert.equal(body.recording.segments.damaged, 1)
    const damaged = body.recording.participants.flatMap(({ files }: any) =>
      files.flatMap(({ tracks }: any) => tracks.flatMap((track: any) => track.damaged))
    )
    assert.lengthOf(damaged, 1)
    assert.approximately(damaged[0].fromMs, 300_000, 12_000)
    assert.lengthOf(body.pointers, 109)
  })

  test('SUP-2: findings stand on the timeline, on record', async ({ assert }) => {
    const path = `/api/supervision/reviews/${meeting.reviewId}/findings`
    assert.equal(
      (await authority.press(path, { atMs: 488_500, subject: 'opinions', text: '撤回严重缺陷未写页码依据' }))
        .status,
      201
    )
    for (const wrong of [{ atMs: -1 }, { atMs: 1.5 }, { subject: 'nonsense' }, { text: 'x' }]) {
      assert.equal(
        (await authority.press(path, { atMs: 1, subject: 'opinions', text: '一个问题', ...wrong })).status,
        422
      )
    }
    const { body } = await authority.get(`/api/supervision/reviews/${meeting.reviewId}/playback`)
    assert.lengthOf(body.findings, 1)
    assert.include(body.findings[0], { atMs: 488_500, by: '黎振宇' })
  })

  test('SEC-1: a mobile number is shown to who has it open, to be read by its owner', async ({ assert }) => {
    const path = `/api/supervision/reviews/${meeting.reviewId}/contacts`
    const { A } = meeting.members
    assert.equal((await authority.press(path, { userId: A.userId })).body.mobile, A.mobile)
    const { rows } = await app.sql.query(`SELECT id FROM users WHERE name = '苏明远'`)
    assert.equal((await authority.press(path, { userId: rows[0].id })).status, 404, 'took no part')
    const expert = await signIn(app.url, A.mobile)
    const own = (await expert.get('/api/account/reveals')).body.reveals
    assert.include(own[0], { by: '黎振宇', purpose: 'supervision' })
    const looks = (
      await authority.get(`/api/supervision/looks?kind=contact&person=${encodeURIComponent(A.name)}`)
    ).body.looks
    assert.include(looks[0], { subject: A.name, inspection: 'CC-2026-03' })
    const none = await authority.get('/api/supervision/looks?from=2020-01-01&to=2020-01-02')
    assert.deepEqual([none.body.total, none.body.looks], [0, []])
    assert.equal((await authority.get('/api/supervision/looks?from=yesterday')).status, 422)
  })

  test('MEET-6: an altered file is found by its digest, and so is a shortened one at once', async ({
    assert,
  }) => {
    const check = async () =>
      (await authority.press(`/api/supervision/recordings/${meeting.reviewId}/check`)).body
    const before = await check()
    assert.deepEqual([before.list, before.notWhole], [true, []])
    assert.isAbove(before.files, 100)
    const whole = readFileSync(file.path)
    const changed = Buffer.from(whole)
    changed[changed.length >> 1]! ^= 1
    writeFileSync(file.path, changed)
    const named = { path: relative(meeting.folder!, file.path), state: 'altered' }
    assert.deepEqual((await check()).notWhole, [named])
    await app.sql.query(`UPDATE session_recordings SET files = files - 0 WHERE review_id = $1`, [
      meeting.reviewId,
    ])
    assert.isFalse((await check()).list, 'the list itself was changed')
    truncateSync(file.path, 1000)
    const { body } = await authority.get(`/api/supervision/reviews/${meeting.reviewId}/playback`)
    assert.lengthOf(
      body.recording.participants
        .flatMap(({ files }: any) => files)
        .filter(({ state }: any) => state === 'altered'),
      1
    )
    assert.equal((await bytes(authority, 'bytes=2000-')).status, 416)
    writeFileSync(file.path, whole)
  })

  test('MEET-6: with the inspection closed nobody sees anything any more', async ({ assert }) => {
    assert.equal((await authority.press(`/api/supervision/inspections/${inspection}/close`)).status, 200)
    assert.equal((await authority.get(file.url, range('bytes=0-99'))).status, 404)
    assert.equal((await authority.get(`/api/supervision/reviews/${meeting.reviewId}/playback`)).status, 404)
    const again = await authority.press(`/api/supervision/inspections/${inspection}/openings`)
    assert.deepEqual([again.status, again.body.error.code], [409, 'E_INSPECTION_CLOSED'])
  })

  test('the log tells of every opening and finding: one taken away is named', async ({ assert }) => {
    const ours = /recording_openings|inspection_findings|inspections/
    assert.notMatch((await ace(app, 'ledger:verify')).output, ours)
    await app.sql.query('DELETE FROM recording_openings')
    await app.sql.query(`UPDATE inspection_findings SET text = '没有问题'`)
    const { output } = await ace(app, 'ledger:verify')
    assert.match(output, /row_missing.*recording_openings/)
    assert.match(output, /row_differs.*inspection_findings/)
  })
})
