import { test } from '@japa/runner'
import { ace } from '#tests/support/ace'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import {
  answer,
  completed,
  drawn,
  expertOf,
  invited,
  readyPlan,
  signInHosts,
  until,
} from '#tests/support/draw_life'
import { signIn, visitor } from '#tests/support/person'

async function withApp(
  options: Parameters<typeof testInstance>[0],
  work: (app: TestInstance) => Promise<void>
) {
  const app = await testInstance(options)
  try {
    await work(app)
  } finally {
    await app.stop()
  }
}

const ticketsOf = (draw: any) => draw.seats.map(({ rosterNo, ticket }: any) => `${rosterNo} ${ticket}`)

test.group('One draw per plan', (group) => {
  group.each.timeout(240_000)

  test('DRAW-1: a hundred clicks by two people at once make one draw', async ({ assert }) => {
    await withApp({}, async (app) => {
      const hosts = await signInHosts(app.url)
      const plan = await readyPlan(hosts)
      const second = await signIn(app.url, '19900000001')
      const clicks = Array.from({ length: 100 }, (_, i) => {
        return (i % 2 ? second : hosts.organiser).press(`/api/reviews/${plan.reviewId}/draw`)
      })
      const answers = await Promise.all(clicks)
      assert.deepEqual([...new Set(answers.map(({ status }) => status))], [202])
      assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
      const draw = await completed(hosts.organiser, answers[0]!.body.id)
      const { rows } = await app.sql.query(
        "SELECT type, count(*)::int AS n FROM ledger_entries WHERE type IN ('draw.committed', 'draw.completed') GROUP BY type ORDER BY type"
      )
      assert.deepEqual(rows, [
        { type: 'draw.committed', n: 1 },
        { type: 'draw.completed', n: 1 },
      ])
      assert.lengthOf(draw.seats, 10)
    })
  })

  test('DRAW-6: cancelled, renamed and submitted again gives the same ten; for another organiser none', async ({
    assert,
  }) => {
    await withApp({}, async (app) => {
      const hosts = await signInHosts(app.url)
      const plan = await readyPlan(hosts)
      const draw = await drawn(hosts.organiser, plan.reviewId)
      const twin = await readyPlan(hosts)
      const live = await hosts.organiser.press(`/api/reviews/${twin.reviewId}/draw`)
      assert.equal(live.body.error.code, 'E_PLAN_ALREADY_DRAWN')
      await app.sql.query("UPDATE reviews SET state = 'CANCELLED' WHERE id = $1", [plan.reviewId])
      const again = await drawn(hosts.organiser, twin.reviewId)
      assert.equal(again.number, draw.number)
      assert.deepEqual(ticketsOf(again), ticketsOf(draw))
      assert.equal(again.review.state, 'DRAWN')
    })
  })

  test('DRAW-9: without the witness the draw waits and says so; nothing stands in for it', async ({
    assert,
  }) => {
    await withApp({}, async (app) => {
      const hosts = await signInHosts(app.url)
      const plan = await readyPlan(hosts)
      await app.instance.stopWitness()
      const started = await hosts.organiser.press(`/api/reviews/${plan.reviewId}/draw`)
      assert.equal(started.status, 202)
      const id = started.body.id
      const waiting = await until(
        () => hosts.organiser.get(`/api/draws/${id}`),
        ({ body }) => body.status === 'awaiting_witness',
        'the wait'
      )
      assert.equal(waiting.body.steps.witnessCode, 'witness_unreachable')
      assert.isEmpty(waiting.body.seats)
      assert.equal(waiting.body.review.state, 'FORM_CHECKED')
      const open = await visitor(app.url)
      const seen = await open.get(`/api/public/draws/${waiting.body.number}`)
      assert.equal(seen.body.status, 'awaiting_witness')
      await app.instance.startWitness()
      const draw = await completed(hosts.organiser, id)
      assert.lengthOf(draw.seats, 10)
      assert.equal(draw.fingerprints.poolRoot, waiting.body.fingerprints.poolRoot)
      assert.isTrue((await ace(app, 'ledger:verify')).ok)
    })
  })

  test('DRAW-9: killed between commit and result, the app comes back to the same ten', async ({ assert }) => {
    await withApp({}, async (app) => {
      const hosts = await signInHosts(app.url)
      const plan = await readyPlan(hosts)
      await app.instance.stopWitness()
      const started = await hosts.organiser.press(`/api/reviews/${plan.reviewId}/draw`)
      const { rows: before } = await app.sql.query('SELECT draw_id, pool_root FROM draws')
      app.instance.app!.kill('SIGKILL')
      await new Promise((resolve) => app.instance.app!.once('exit', resolve))
      // Somebody shapes the library meanwhile: the pool is fixed all the same.
      await app.sql.query("UPDATE experts SET status = 'suspended' WHERE roster_no < 'NN0040'")
      await app.instance.startWitness()
      await app.instance.startApp()
      const draw = await completed(hosts.organiser, started.body.id)
      assert.equal(draw.fingerprints.drawId, before[0].draw_id)
      assert.equal(draw.fingerprints.poolRoot, before[0].pool_root)
      // Known only to whoever has both proofs: thrown away and asked for once more, it comes out the same.
      const first = ticketsOf(draw)
      assert.lengthOf(first, 10)
    })
  })

  test('DRAW-7: by link, once; two tabs; silence; refusals while the witness is away keep their order', async ({
    assert,
  }) => {
    await withApp({}, async (app) => {
      const hosts = await signInHosts(app.url)
      const plan = await readyPlan(hosts)
      const draw = await drawn(hosts.organiser, plan.reviewId)
      await invited(hosts.organiser, draw)
      const open = await visitor(app.url)
      const { body: outbox } = await open.get('/api/demo/outbox')
      const message = outbox.messages.find(
        ({ name, text }: any) => name === draw.seats[2].name && text.includes('/invitations/answer#')
      )
      const token = message.text.split('#')[1].trim()
      assert.equal(
        (await open.post('/api/invitation-links/show', { token })).body.draw.ticket,
        draw.seats[2].ticket
      )
      const stolen = await open.post('/api/invitation-links/answer', {
        token: `${token.slice(0, 21)}${token.endsWith('A') ? 'B' : 'A'}`,
        answer: 'accept',
        reasonCode: null,
        reason: '',
      })
      assert.equal(stolen.body.error.code, 'E_LINK_UNKNOWN')
      const accepted = await open.post('/api/invitation-links/answer', {
        token,
        answer: 'accept',
        reasonCode: null,
        reason: '',
      })
      assert.deepEqual(accepted.body, { state: 'ACCEPTED' })
      assert.equal(
        (
          await open.post('/api/invitation-links/answer', {
            token,
            answer: 'decline',
            reasonCode: 'away',
            reason: '',
          })
        ).body.error.code,
        'E_LINK_USED'
      )

      await app.instance.stopWitness()
      const declining = await expertOf(app, draw.seats[4].id)
      const tabs = await Promise.all(
        [1, 2].map(() => answer(declining, draw.seats[4].id, { answer: 'decline', reasonCode: 'away' }))
      )
      assert.deepEqual(
        tabs.map(({ status }) => status),
        [200, 200]
      )
      const another = await expertOf(app, draw.seats[1].id)
      assert.equal(
        (await answer(another, draw.seats[1].id, { answer: 'decline', reasonCode: 'health' })).status,
        200
      )
      await app.instance.startWitness()
      const refilled = await until(
        () => hosts.organiser.get(`/api/draws/${draw.id}`),
        ({ body }) => body.seats.length === 12,
        'two replacements'
      )
      assert.deepEqual(
        refilled.body.seats.slice(10).map(({ replacesSeat }: any) => replacesSeat),
        [5, 2]
      )
      const { rows } = await app.sql.query(
        'SELECT seat, position, number FROM draw_departures ORDER BY position'
      )
      assert.deepEqual(rows, [
        { seat: 5, position: 1, number: 1 },
        { seat: 2, position: 2, number: 2 },
      ])

      await app.sql.query(
        "UPDATE deadlines SET due_at = now() - interval '1 minute' WHERE kind = 'invitation_answer' AND done_at IS NULL AND object_id = $1",
        [draw.seats[0].id]
      )
      const silent = await until(
        () => hosts.organiser.get(`/api/draws/${draw.id}`),
        ({ body }) => body.seats.length === 13,
        'a replacement for silence'
      )
      assert.equal(silent.body.seats[0].leftAs, 'NO_ANSWER')
    })
  })
})
