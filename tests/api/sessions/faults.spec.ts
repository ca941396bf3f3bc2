import { once } from 'node:events'
import { test } from '@japa/runner'
import * as Y from 'yjs'
import { newId } from '#core/ids'
import { toBase64 } from '#lib/bytes'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import type { RoomClient } from '#tests/support/room_client'
import { enter, openedMeeting, soon } from '#tests/support/room_fixtures'
import { seatedReview, type SeatedReview } from '#tests/support/room_life'

/** Seeded, so that a failure can be had again. */
function dice(seed: number) {
  let state = seed
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}

test.group('Faults of the review room', (group) => {
  let app: TestInstance
  let review: SeatedReview
  let members: RoomClient[]
  const open: { close(): unknown }[] = []
  const rowsOf = async (opId: string) =>
    (await app.sql.query('SELECT * FROM room_operations WHERE op_id = $1', [opId])).rows

  group.setup(async () => {
    app = await testInstance({ environment: { MEDIA: 'off' } })
    review = await seatedReview(app)
    members = await openedMeeting(review)
    return async () => {
      for (const client of [...members, ...open]) client.close()
      await app.stop()
    }
  })
  group.each.timeout(300_000)

  test('killed between the commit and the answer: the operation is done, once', async ({ assert }) => {
    const [leader] = members as [RoomClient]
    const opId = newId()
    const sent = leader.op('chat.say', { text: '最后一句' }, opId)
    leader.socket.io.engine.close()
    for (let tries = 0; tries < 200 && (await rowsOf(opId)).length === 0; tries++)
      await new Promise((done) => setTimeout(done, 10))
    const child = app.instance.app!
    const died = once(child, 'exit')
    child.kill('SIGKILL')
    await died
    await app.instance.startApp()
    const ack = await sent
    assert.isTrue(ack.ok, JSON.stringify(ack))
    assert.lengthOf(await rowsOf(opId), 1)
    await soon(
      () =>
        members.every((client) => client.socket.connected && client.state('room').floor.chat.length === 1),
      'everybody back',
      40
    )
    const { rows } = await app.sql.query(
      `SELECT count(*)::int AS n FROM attendance_spans WHERE left_at IS NULL`
    )
    assert.isAtLeast(rows[0].n, 5)
    await soon(() => leader.state('room').phase === 'in_session', 'the meeting going on', 40)
  })

  test('a line that is lost in the middle of typing loses no letter', async ({ assert }) => {
    const [leader, other] = members as [RoomClient, RoomClient]
    const itemId = newId()
    await leader.must('item.create', {
      itemId,
      opinionIds: [Object.keys(leader.state('panel').opinions)[0]!],
    })
    const joined = await leader.join(true)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Buffer.from((joined.ok && joined.docs?.[itemId]) || '', 'base64'))
    const before = doc.getText('text').toString()
    const sending: Promise<unknown>[] = []
    doc.on('update', (update: Uint8Array) =>
      sending.push(leader.op('item.text', { itemId, update: toBase64(update) }))
    )
    for (const [index, letter] of [...'应补充各道支撑拆除时的混凝土强度值'].entries()) {
      doc.getText('text').insert(index, letter)
      if (index === 6) leader.socket.io.engine.close()
      await new Promise((done) => setTimeout(done, 15))
    }
    await Promise.all(sending)
    const text = doc.getText('text').toString()
    assert.equal(text, `应补充各道支撑拆除时的混凝土强度值${before}`)
    const textOf = (client: RoomClient) =>
      client.state('panel').items.find((item) => item.itemId === itemId)?.text
    await soon(() => textOf(leader) === text && textOf(other) === text, 'the same text everywhere')
    await leader.must('item.release', {
      itemId,
      opinionIds: [...leader.state('panel').items.find((item) => item.itemId === itemId)!.opinionIds],
    })
  })

  test('twenty clients that come and go end with equal states, nothing lost and nothing twice', async ({
    assert,
  }) => {
    const random = dice(7)
    const clients: RoomClient[] = [...members]
    for (const { person } of review.panel.slice(0, 5))
      for (let tab = 0; tab < 3; tab++) clients.push(await enter(person, review.reviewId))
    open.push(...clients.slice(5))
    assert.lengthOf(clients, 20)
    const acked: string[] = []
    const work = clients.map(async (client, number) => {
      for (let step = 0; step < 6; step++) {
        const opId = newId()
        const sent = client.op('chat.say', { text: `${number}/${step}` }, opId)
        if (random() < 0.3) client.socket.io.engine.close()
        const ack = await sent
        if (ack.ok) acked.push(opId)
        await new Promise((done) => setTimeout(done, random() * 60))
      }
    })
    await Promise.all(work)
    assert.lengthOf(acked, 120)
    const { rows } = await app.sql.query(
      'SELECT op_id, count(*)::int AS n FROM room_operations WHERE op_id = ANY($1::uuid[]) GROUP BY 1',
      [acked]
    )
    assert.lengthOf(rows, 120)
    assert.isTrue(rows.every((row) => row.n === 1))
    const hashes = () => new Set(clients.map((client) => `${client.hash('room')} ${client.hash('panel')}`))
    await soon(
      () => hashes().size === 1 && clients.every((client) => client.hash('panel') !== null),
      'equal states',
      40
    )
    assert.lengthOf(members[0]!.state('room').floor.chat, 121)
    for (const client of open) client.close()
  })

  test('SEC-2: somebody excused in the middle loses everything at once, and the meeting pauses', async ({
    assert,
  }) => {
    const [leader, , , , excused] = members as RoomClient[]
    const seat = review.panel[4]!
    await app.sql.query(
      `UPDATE session_seats SET sits = false, left_at = now(), left_because = 'left' WHERE id = $1`,
      [seat.seatId]
    )
    await soon(() => excused!.removed.includes('excused'), 'the removal')
    assert.equal((await seat.person.get(`/api/sessions/${review.reviewId}`)).status, 404)
    assert.equal((await seat.person.get(`/api/sessions/${review.reviewId}/snapshot`)).status, 404)
    const ack = await excused!.op('chat.say', { text: '还在' })
    assert.equal(ack.ok ? '' : ack.error.code, 'E_NOT_FOUND')
    const heard = excused!.heard.length
    await leader!.op('hand.raise', {})
    await soon(() => leader!.state('room').phase === 'paused', 'the pause')
    assert.equal(excused!.heard.length, heard)
  })

  test('signing out closes the socket at once', async ({ assert }) => {
    const client = members[1]!
    let signedOut = false
    client.socket.on('signed_out', () => (signedOut = true))
    await client.person.post('/api/sign-out')
    await soon(() => signedOut && !client.socket.connected, 'the cut')
    assert.isTrue(signedOut)
  })

  test('nobody without a session, and no other site, gets a socket', async ({ assert }) => {
    const { io } = await import('socket.io-client')
    const refusal = (headers: Record<string, string>) =>
      new Promise<string>((resolve) => {
        const socket = io(`${app.url}/rooms`, {
          transports: ['websocket'],
          extraHeaders: headers,
          forceNew: true,
          reconnection: false,
        })
        socket.on('connect', () => resolve('connected'))
        socket.on('connect_error', (error) => resolve(error.message))
        open.push({ close: () => socket.disconnect() })
      })
    const cookie = review.panel[0]!.person.cookieHeader
    assert.equal(await refusal({ cookie }), 'connected')
    assert.equal(await refusal({}), 'E_SIGN_IN')
    assert.equal(await refusal({ cookie: cookie.replace(/(lz_session=.{12})./, '$1_') }), 'E_SIGN_IN')
    assert.notEqual(await refusal({ cookie, origin: 'https://evil.example' }), 'connected')
  })
})
