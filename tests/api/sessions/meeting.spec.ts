import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import * as Y from 'yjs'
import { newId } from '#core/ids'
import { toBase64 } from '#lib/bytes'
import { ace } from '#tests/support/ace'
import { photograph } from '#tests/api/revision/support/after_meeting'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { Person } from '#tests/support/person'
import type { RoomClient } from '#tests/support/room_client'
import { enter, opinion, soon } from '#tests/support/room_fixtures'
import { restoreDates, seatedReview, type SeatedReview } from '#tests/support/room_life'

test.group('A meeting, from the sealed opinions to the conclusion', (group) => {
  let app: TestInstance
  let review: SeatedReview
  let members: RoomClient[]
  let owner: RoomClient
  let host: RoomClient
  const ids = {
    a: newId(),
    b: newId(),
    c: newId(),
    d: newId(),
    e: newId(),
    late: newId(),
    item1: newId(),
    item2: newId(),
  }
  const url = (path: string) => `/api/sessions/${review.reviewId}${path}`
  const leader = () => members[0]!
  const uploads = () => {
    const folder = join(app.instance.environment.VAR_DIR!, 'uploads')
    return existsSync(folder) ? readdirSync(folder) : []
  }

  group.setup(async () => {
    app = await testInstance({ environment: { MEDIA: 'off' } })
    review = await seatedReview(app)
    return async () => {
      for (const client of [...(members ?? []), owner, host]) client?.close()
      await app.stop()
    }
  })
  group.each.timeout(180_000)

  test('PLAN-6: an expert sees their own opinions alone, whoever else has handed in', async ({ assert }) => {
    const [a, b, c, d] = review.panel
    const kinds = [
      opinion(),
      opinion({ kind: 'advice', requirement: '补充马道收尾分层示意图，标明坡度' }),
      opinion({ kind: 'severe_defect', defect: '二.5' }),
      opinion(),
    ]
    for (const [index, seat] of [a!, b!, c!, d!].entries()) {
      const opinionId = [ids.a, ids.b, ids.c, ids.d][index]!
      const operate = (type: string, payload: object) =>
        seat.person.post(url('/operations'), { opId: newId(), type, payload })
      const saved = await operate('opinion.save', { opinionId, fields: kinds[index] })
      assert.equal(saved.status, 200, JSON.stringify(saved.body))
      assert.equal((await operate('opinion.submit', { opinionIds: [opinionId] })).status, 200)
      assert.equal(
        (await operate('opinion.save', { opinionId, fields: kinds[index] })).body.error.code,
        'E_SEALED'
      )
    }
    const mine = (await a!.person.get(url('/snapshot'))).body
    assert.deepEqual(Object.keys(mine.own.state.sealed), [ids.a])
    assert.notProperty(mine, 'panel')
    assert.equal(mine.own.state.sealed[ids.a].label, 'A1')
    const others = JSON.stringify([
      mine,
      (await review.panel[4]!.person.get(url('/snapshot'))).body,
      (await review.panel[4]!.person.get(url(''))).body,
    ])
    assert.notInclude(others, ids.b)
    assert.notInclude(JSON.stringify((await review.panel[4]!.person.get(url(''))).body.seats), '"complete"')
  })

  test('MEET-6: nobody enters without agreeing to the recording', async ({ assert }) => {
    const refused = await review.panel[0]!.person.get(url('/media-token'))
    assert.equal(refused.body.error.code, 'E_CONSENT')
    members = []
    for (const { person } of review.panel.slice(0, 5)) members.push(await enter(person, review.reviewId))
    assert.equal((await review.panel[0]!.person.get(url('/media-token'))).status, 503)
  })

  test('MEET-2: a sign-in photograph is kept, for the panel, the host and supervisors', async ({
    assert,
  }) => {
    const [, b, c] = review.panel
    const jpeg = photograph({ width: 320, height: 240 })
    const send = (person: Person, bytes: Uint8Array) =>
      person.request('POST', url('/sign-in'), bytes, { 'content-type': 'image/jpeg' })
    const text = await send(c!.person, new TextEncoder().encode('<svg onload="alert(1)">'))
    assert.deepEqual([text.status, text.body.error.code], [422, 'E_PHOTO'])
    const cut = await send(c!.person, jpeg.subarray(0, jpeg.length - 40))
    assert.deepEqual([cut.status, cut.body.error.code], [422, 'E_PHOTO'])
    assert.equal((await send(c!.person, new Uint8Array(2 * 1_048_576 + 1))).status, 413)
    assert.equal((await send(b!.person, jpeg)).status, 200)
    assert.equal((await send(b!.person, jpeg)).body.error.code, 'E_SIGNED_IN')
    assert.deepEqual(uploads(), [])
    const photo = url(`/sign-in/${members[1]!.me!.userId}/photo`)
    assert.equal((await review.hosts.organiser.get(photo)).status, 200)
    assert.equal((await review.owner.get(photo)).status, 404)
  })

  test('SEC-2: a stranger who sends a picture leaves nothing of it on the machine', async ({ assert }) => {
    // Like no other picture, so that what lies there from elsewhere is not taken for it.
    const picture = photograph({ width: 320, height: 240, text: newId() })
    const kept = () =>
      readdirSync(tmpdir(), { withFileTypes: true })
        .filter((one) => one.isFile())
        .some(({ name }) => picture.equals(readFileSync(join(tmpdir(), name))))
    const nobody = new Person(app.url)
    await nobody.get('/api/session')
    const form = new FormData()
    form.set('photo', new Blob([new Uint8Array(picture)]), 'photo.jpg')
    const raw = { 'content-type': 'image/jpeg' }
    assert.equal((await nobody.request('POST', url('/sign-in'), new Uint8Array(1_048_576), raw)).status, 401)
    assert.equal((await nobody.post(url('/sign-in'), form)).status, 401)
    assert.deepEqual(uploads(), [])
    assert.isFalse(kept())
  })

  test('MEET-4: no meeting opens without all of the panel', async ({ assert }) => {
    const e = members[4]!
    e.close()
    await soon(() => leader().state('room').people[e.me!.userId] === undefined, 'the leaving')
    const refused = await leader().op('meeting.open', {})
    assert.equal(refused.ok ? '' : refused.error.code, 'E_QUORUM')
    members[4] = await enter(review.panel[4]!.person, review.reviewId)
    assert.isTrue((await leader().op('meeting.open', {})).ok)
    owner = await enter(review.owner, review.reviewId)
    host = await enter(review.hosts.organiser, review.reviewId)
    assert.deepEqual(owner.me!.channels, ['room'])
    assert.lengthOf(owner.state('room').seats, 7)
  })

  test('PLAN-6: the seal is lifted for all at once, when the last member has handed in', async ({
    assert,
  }) => {
    assert.isNull(leader().hash('panel'))
    await members[4]!.must('opinion.save', {
      opinionId: ids.e,
      fields: opinion({ finding: '降水设计无涌水量计算' }),
    })
    await members[4]!.must('opinion.submit', { opinionIds: [ids.e] })
    await soon(
      () => members.every((client) => Object.keys(client.state('panel').opinions).length === 5),
      'the reveal'
    )
    assert.equal(members[1]!.state('panel').opinions[ids.c]!.label, 'C1')
    assert.isNull(owner.hash('panel'))
  })

  test('one operation sent twice, and from two tabs, is done once', async ({ assert }) => {
    const tab = await enter(review.panel[0]!.person, review.reviewId)
    const opId = newId()
    const payload = { itemId: ids.item1, opinionIds: [ids.a, ids.d], heading: '拆撑条件' }
    for (const stage of ['introduction', 'presentation', 'questions'] as const)
      await leader().must('stage.set', { stage })
    const acks = await Promise.all([
      leader().op('item.create', payload, opId),
      tab.op('item.create', payload, opId),
      leader().op('item.create', payload, opId),
    ])
    assert.isTrue(
      acks.every((ack) => ack.ok),
      JSON.stringify(acks)
    )
    assert.deepEqual(acks[0], acks[1])
    const { rows } = await app.sql.query('SELECT count(*)::int AS n FROM room_operations WHERE op_id = $1', [
      opId,
    ])
    assert.equal(rows[0].n, 1)
    const stolen = await members[1]!.op('item.create', payload, opId)
    assert.isFalse(stolen.ok)
    const { rows: spans } = await app.sql.query(
      `SELECT count(*)::int AS n FROM attendance_spans WHERE user_id = $1 AND left_at IS NULL`,
      [leader().me!.userId]
    )
    assert.equal(spans[0].n, 2)
    tab.close()
  })

  test('CONC-1: a vote is on the words that were read, and void when they change', async ({ assert }) => {
    await leader().must('item.merge', { itemId: ids.item1, opinionIds: [ids.e] })
    await leader().must('item.create', { itemId: ids.item2, opinionIds: [ids.c] })
    const item = () =>
      leader()
        .state('panel')
        .items.find(({ itemId }) => itemId === ids.item1)!
    await soon(
      () => leader().state('panel').items.length === 2 && item().opinionIds.length === 3,
      'the items'
    )
    await members[1]!.must('item.confirm', { itemId: ids.item1, revision: item().revision })
    await soon(() => Object.keys(item().votes).length === 1, 'the vote')
    const doc = new Y.Doc()
    const joined = await leader().join(true)
    Y.applyUpdate(doc, Buffer.from((joined.ok && joined.docs?.[ids.item1]) || '', 'base64'))
    const before = Y.encodeStateVector(doc)
    doc.getText('text').insert(0, '补充')
    await leader().must('item.text', {
      itemId: ids.item1,
      update: toBase64(Y.encodeStateAsUpdate(doc, before)),
    })
    await soon(() => item().text.startsWith('补充'), 'the text')
    assert.isEmpty(item().votes)
    const late = await members[2]!.op('item.confirm', { itemId: ids.item1, revision: item().revision - 1 })
    assert.equal(late.ok ? '' : late.error.code, 'E_ITEM_CHANGED')
    assert.equal(
      JSON.stringify(await members[0]!.op('item.text', { itemId: ids.item1, update: 'AAAB' })).includes(
        '"ok":true'
      ) && item().text.length > 4000,
      false
    )
  })

  test('MEET-7: parties leave the deliberation at once, and by no route learn of it', async ({ assert }) => {
    await leader().must('meeting.deliberate', {})
    await soon(
      () => owner.removed.includes('deliberation') && host.removed.includes('deliberation'),
      'the leaving of the parties'
    )
    const snapshot = (await review.owner.get(url('/snapshot'))).body
    assert.notProperty(snapshot, 'room')
    assert.notProperty(snapshot, 'panel')
    const events = (await review.owner.get(url('/events?room=0&panel=0&own=0'))).body
    assert.deepEqual(Object.keys(events).sort(), ['me', 'ok', 'reviewId', 'serverTime'])
    assert.equal((await review.owner.get(url('/media-token'))).body.error.code, 'E_MEDIA_UNAVAILABLE')
    const again = await owner.join(true)
    assert.equal(again.ok ? '' : again.error.code, 'E_DELIBERATION')
    for (const type of ['item.confirm', 'opinion.save', 'chat.say'] as const) {
      const ack = await owner.op(type as 'chat.say', { text: '在' } as never)
      assert.isFalse(ack.ok)
    }
    await leader().must('chat.say', { text: '先议第一项' })
    await soon(() => members[1]!.state('panel').floor.chat.length === 1, 'the panel’s own word')
    assert.isEmpty(owner.heard.filter((heard) => !heard.startsWith('room:')))
    assert.notInclude(JSON.stringify(owner.heard), 'opinion')
  })

  test('CONC-3: a severe defect that stands leaves only 不通过 or adjournment', async ({ assert }) => {
    const refused = await leader().op('conclusion.propose', { conclusion: 'REVISE', reasons: '' })
    assert.include(JSON.stringify(refused), 'severe_defect_stands')
    assert.isFalse(
      (
        await members[1]!.op('defect.withdraw', {
          opinionId: ids.c,
          to: 'must_fix',
          page: 1,
          reason: '第1页',
        })
      ).ok
    )
    await members[2]!.must('defect.withdraw', {
      opinionId: ids.c,
      to: 'must_fix',
      page: 1,
      reason: '第 1 页已列出拆除次序',
    })
    await leader().must('opinion.leave_out', { opinionId: ids.b, reason: '与第 1 项重复' })
    await leader().must('conclusion.propose', { conclusion: 'REVISE', reasons: '' })
    const early = await leader().op('meeting.read_out', {})
    assert.include(JSON.stringify(early), 'votes_missing')
  })

  test('CONC-1, CONC-5: all confirm, all vote, it is read out and concluded', async ({ assert }) => {
    await leader().must('judgement.set', { question: 'complete', text: '基本完整' })
    await soon(
      () =>
        members.every(
          (client) =>
            client.state('panel').conclusion.proposed !== null &&
            client.state('panel').judgements.complete !== ''
        ),
      'the proposal'
    )
    for (const client of members) {
      for (const { itemId, revision } of client.state('panel').items)
        await client.must('item.confirm', { itemId, revision })
      await client.must('conclusion.vote', { conclusion: 'REVISE' })
    }
    await leader().must('meeting.read_out', {})
    assert.isTrue((await owner.join(true)).ok)
    await leader().must('stage.set', { stage: 'answers' })
    await leader().must('meeting.conclude', {})
    await soon(() => owner.state('room').phase === 'concluded', 'the conclusion')
    const state = await app.sql.query('SELECT state, conclusion FROM reviews WHERE id = $1', [
      review.reviewId,
    ])
    assert.equal(state.rows[0].conclusion, 'REVISE')
    const opinions = await app.sql.query('SELECT state, count(*)::int AS n FROM session_opinions GROUP BY 1')
    assert.deepEqual(opinions.rows, [{ state: 'FINAL', n: 5 }])
    await soon(
      () => new Set(members.map((client) => `${client.hash('room')}${client.hash('panel')}`)).size === 1,
      'equal screens'
    )
  })

  test('the ledger tells all of it, and agrees with the tables', async ({ assert }) => {
    await restoreDates(app, review.reviewId)
    const verified = await ace(app, 'ledger:verify')
    assert.isTrue(verified.ok, verified.output)
    await assert.rejects(() => app.sql.query(`UPDATE room_operations SET type = 'x'`), /only be inserted/)
  })
})
