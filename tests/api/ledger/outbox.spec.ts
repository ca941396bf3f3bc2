import { test } from '@japa/runner'
import { ace } from '#tests/support/ace'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { drawn, readyPlan, signInHosts } from '#tests/support/draw_life'
import { enter, until } from './support/log.js'

test.group('Ledger: outbox and one sequencer', (group) => {
  let app: TestInstance
  group.setup(async () => {
    app = await testInstance({ environment: { LEDGER_MODE: 'outbox', MEDIA: 'off' } })
    return () => app.stop()
  })
  group.each.timeout(180_000)

  const waiting = async () => {
    const { rows } = await app.sql.query('SELECT count(*)::int AS n FROM ledger_outbox')
    return rows[0].n as number
  }
  const drained = () => until(async () => ((await waiting()) === 0 ? true : null))
  const agrees = async () => {
    const { ok, output } = await ace(app, 'ledger:verify')
    return ok ? null : output
  }

  test('DRAW-9: a draw with its proofs, receipts and witness: the same entries in the same order', async ({
    assert,
  }) => {
    const hosts = await signInHosts(app.url)
    const plan = await readyPlan(hosts)
    const draw = await drawn(hosts.organiser, plan.reviewId)
    assert.lengthOf(draw.seats, 10)
    await drained()
    const { rows } = await app.sql.query(
      'SELECT type, seq FROM ledger_entries WHERE stream = $1 ORDER BY index',
      [`review/${plan.reviewId}`]
    )
    assert.deepEqual(
      rows.map(({ seq }) => seq),
      rows.map((_, i) => i)
    )
    const types = rows.map(({ type }) => type as string)
    assert.isBelow(types.indexOf('draw.committed'), types.indexOf('draw.completed'))
    assert.isNull(await agrees())
  })

  test('an entry that waits is no difference; one that is taken away is', async ({ assert }) => {
    await drained()
    const blocker = await app.sql.connect()
    await blocker.query('BEGIN; SELECT FROM ledger_head WHERE id = 1 FOR UPDATE')
    await enter(app, 1)
    assert.isAbove(await waiting(), 0)
    assert.isNull(await agrees())
    await app.sql.query('CREATE TABLE kept AS TABLE ledger_outbox; DELETE FROM ledger_outbox')
    assert.match((await agrees())!, /row_unlogged.*certificates|row_differs.*certificates/)
    await app.sql.query('INSERT INTO ledger_outbox TABLE kept; DROP TABLE kept')
    await blocker.query('ROLLBACK')
    blocker.release()
    await drained()
    assert.isNull(await agrees())
  })

  test('whoever depends on another goes behind it, though they began and were numbered before', async ({
    assert,
  }) => {
    const [first, second] = [await app.sql.connect(), await app.sql.connect()]
    const write = (unit: string) =>
      `INSERT INTO ledger_outbox (unit, part, ended, stream, type, at, counts, payload)
       SELECT '00000000-0000-7000-8000-00000000000${unit}', 0,
         pg_snapshot_xmax(s)::text::bigint - (SELECT count(*) FROM pg_snapshot_xip(s)),
         'order/1', 'order.${unit}', now(), false, '{}' FROM pg_current_snapshot() AS s`
    // The second has its number (transaction id, unit) before the first, then waits for it.
    await second.query('BEGIN; SELECT pg_current_xact_id()')
    await first.query('BEGIN; SELECT pg_advisory_xact_lock(7)')
    await first.query(write('2'))
    const waits = second.query('SELECT pg_advisory_xact_lock(7)')
    await first.query('COMMIT')
    await waits
    await second.query(write('1'))
    await second.query('COMMIT')
    first.release()
    second.release()
    await enter(app, 1)
    await drained()
    const { rows } = await app.sql.query(
      "SELECT type FROM ledger_entries WHERE stream = 'order/1' ORDER BY index"
    )
    assert.deepEqual(
      rows.map(({ type }) => type),
      ['order.2', 'order.1']
    )
  })

  test('kill -9 between commit and sequencing: nothing acknowledged is lost, log and tables agree', async ({
    assert,
  }) => {
    for (const delayMs of [0, 30]) {
      const blocker = await app.sql.connect()
      await blocker.query('BEGIN; SELECT FROM ledger_head WHERE id = 1 FOR UPDATE')
      await enter(app, 2)
      const before = await waiting()
      assert.isAbove(before, 0)
      await blocker.query('ROLLBACK')
      blocker.release()
      await new Promise((done) => setTimeout(done, delayMs))
      app.instance.app!.kill('SIGKILL')
      await new Promise((done) => app.instance.app!.once('exit', done))
      await app.instance.startApp()
      await drained()
      assert.isNull(await agrees())
    }
  })
})
