import { test } from '@japa/runner'
import { verifySpotCheck } from '#lib/draw/verify_spot_check'
import { publishedTrust } from '#tests/support/published_trust'
import { CLOSING_TYPE } from '#lib/ledger/leaf'
import { ace } from '#tests/support/ace'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { concludedReviews, daysAgo } from '#tests/support/concluded_reviews'
import { until } from '#tests/support/draw_life'
import { signIn, visitor, type Person } from '#tests/support/person'
import { WitnessProxy } from '#tests/support/witness_proxy'

const URL_OF = '/api/supervision/spot-checks'

test.group('Spot checks', (group) => {
  let app: TestInstance
  let proxy: WitnessProxy
  let authority: Person
  let numbers: string[]
  group.setup(async () => {
    app = await testInstance({ start: false })
    proxy = await WitnessProxy.to(app.instance.environment.WITNESS_URL!)
    app.instance.environment.WITNESS_URL = proxy.url
    await app.instance.startApp()
    authority = await signIn(app.url, '19900000009')
    numbers = (await concludedReviews(app, [3, 4, 5, 6, 7, 8])).map(({ number }) => number).sort()
    await concludedReviews(app, [0, 40])
    await concludedReviews(app, [3], { conclusion: 'REVISE', category: 'STEEL' })
    return async () => {
      proxy.close()
      await app.stop()
    }
  })
  group.each.timeout(180_000)

  const asking = (title: string, change: object = {}) => ({
    title,
    kind: 'concluded',
    category: 'PIT',
    from: daysAgo(10),
    to: daysAgo(2),
    count: 2,
    ...change,
  })
  const start = (title: string, change: object = {}) => authority.press(URL_OF, asking(title, change))
  const completed = async (id: string) => {
    const { body } = await until(
      () => authority.get(`${URL_OF}/${id}`),
      ({ body: one }) => one.status === 'completed',
      'the spot check'
    )
    return body
  }

  test('SUP-1: the list follows by rule, both parties draw, inspections open, the evidence is genuine', async ({
    assert,
  }) => {
    const query = `kind=concluded&category=PIT&from=${daysAgo(10)}&to=${daysAgo(2)}`
    const listed = await authority.get(`/api/supervision/spot-check-population?${query}`)
    assert.deepEqual(listed.body, { listed: 6, first: numbers.slice(0, 5) })
    const started = await start('2031 年第一次论证抽查')
    assert.equal(started.status, 202, JSON.stringify(started.body))
    const view = await completed(started.body.id)
    assert.deepEqual(view.population, numbers)
    assert.lengthOf(view.sampled, 2)
    const evidence = (await authority.get(`${URL_OF}/${started.body.id}/evidence`)).body
    const keys = (await (await visitor(app.url)).get('/api/public/draw-keys')).body
    const { verdict, checks } = verifySpotCheck(evidence, publishedTrust(keys))
    assert.equal(verdict, 'genuine', JSON.stringify(checks.filter(({ ok }) => !ok)))
    assert.deepEqual(
      evidence.taken.map(({ id }: { id: string }) => id),
      view.sampled.map(({ number }: { number: string }) => number)
    )
    for (const { reviewId, inspectionId } of view.sampled) {
      const detail = (await authority.get(`/api/supervision/reviews/${reviewId}`)).body
      assert.deepEqual(
        detail.inspections.map(({ id, number, reason }: any) => [id, number, reason]),
        [[inspectionId, view.number, '2031 年第一次论证抽查']]
      )
    }
    const todo = (await authority.get('/api/home')).body.todo.filter(
      ({ kind }: any) => kind === 'inspection.close'
    )
    assert.includeMembers(
      todo.map(({ href }: any) => href),
      view.sampled.map(({ reviewId }: any) => `/supervision/${reviewId}`)
    )
    const centre = await signIn(app.url, '19900000008')
    assert.equal((await centre.get(`${URL_OF}/${view.id}`)).status, 200)
    assert.equal((await centre.press(URL_OF, asking('中心的抽查'))).status, 403)
    const ledger = await ace(app, 'ledger:verify')
    // The reviews of this test came by SQL: nothing else may differ.
    for (const line of ledger.output.split('\n').filter((one) => one.includes('"code"'))) {
      assert.match(line, /plans|plan_works|reviews|review_sessions|review_transitions/)
    }
  })

  test('SUP-1: 20 clicks at once make one; its name is taken for ever, however it is spelt', async ({
    assert,
  }) => {
    const clicks = await Promise.all(Array.from({ length: 20 }, () => start('2031 年第二次论证抽查')))
    assert.deepEqual([...new Set(clicks.map(({ status }) => status))], [202])
    assert.equal(new Set(clicks.map(({ body }) => body.id)).size, 1)
    const view = await completed(clicks[0]!.body.id)
    const { rows } = await app.sql.query(
      "SELECT count(*)::int AS n FROM spot_checks WHERE title = '2031 年第二次论证抽查'"
    )
    assert.equal(rows[0].n, 1)
    const inspections = await app.sql.query('SELECT count(*)::int AS n FROM inspections WHERE number = $1', [
      view.number,
    ])
    assert.equal(inspections.rows[0].n, 2)
    for (const [title, change] of [
      ['2031 年第二次论证抽查', { count: 3 }],
      ['2031 年第二次论证抽查', { to: daysAgo(3) }],
      ['２０３１年 第二次论证抽查', {}],
      ['2031\u200b年第二次论证抽查 ', { category: null }],
    ] as const) {
      const again = await start(title, change)
      assert.deepEqual([again.status, again.body.error.code], [409, 'E_OCCASION_KNOWN'], title)
      assert.equal(again.body.error.params.number, view.number)
    }
  })

  test('SUP-1: a scope follows kind, category and days; a period must be over; a list must be long enough', async ({
    assert,
  }) => {
    const revised = await start('2031 年修改情况抽查', { kind: 'revision', category: null, count: 1 })
    assert.lengthOf((await completed(revised.body.id)).population, 1)
    const all = await start('2031 年全部论证抽查', { category: null, count: 3 })
    assert.lengthOf((await completed(all.body.id)).population, 7)
    assert.equal((await start('未到期的抽查', { to: daysAgo(0) })).body.error.code, 'E_PERIOD_NOT_OVER')
    assert.equal((await start('倒过来的抽查', { to: daysAgo(20) })).body.error.code, 'E_PERIOD_BACKWARDS')
    const short = await start('太多的抽查', { count: 7 })
    assert.deepEqual(short.body.error, {
      code: 'E_SPOT_CHECK_LIST_TOO_SHORT',
      params: { listed: 6, need: 7 },
    })
    for (const change of [
      { count: 0 },
      { count: 1.5 },
      { from: '2031-13-01' },
      { kind: 'any' },
      { category: "x'" },
    ]) {
      assert.equal((await start('不成样子的抽查', change)).status, 422)
    }
    // What was refused has taken no name.
    const whole = await start('太多的抽查', { count: 6 })
    assert.lengthOf((await completed(whole.body.id)).sampled, 6)
  })

  test('SUP-1: without the witness it waits and says so; a forged number is not taken; nothing stands in', async ({
    assert,
  }) => {
    proxy.mood = 'silent'
    const { id } = (await start('2031 年等待监督端的抽查')).body
    const code = (want: string) =>
      until(
        () => authority.get(`${URL_OF}/${id}`),
        ({ body }) => body.steps.witnessCode === want,
        want
      )
    const waiting = (await code('witness_unreachable')).body
    assert.equal(waiting.status, 'awaiting_witness')
    assert.deepEqual(waiting.sampled, [])
    assert.isNotNull(waiting.steps.serverAt)
    assert.equal((await authority.get(`${URL_OF}/${id}/evidence`)).status, 404)
    proxy.mood = 'forged'
    assert.deepEqual((await code('witness_proof_wrong')).body.sampled, [])
    proxy.mood = 'honest'
    const view = await completed(id)
    assert.lengthOf(view.sampled, 2)
    const { rows } = await app.sql.query('SELECT type FROM ledger_entries WHERE stream = $1 ORDER BY seq', [
      `spot_check/${id}`,
    ])
    assert.deepEqual(
      rows.map(({ type }) => type),
      ['spot_check.committed', 'spot_check.witness_awaited', 'spot_check.completed', CLOSING_TYPE]
    )
  })

  test('SUP-1: a list edited after it was fixed stalls the check, and the ledger tells which row', async ({
    assert,
  }) => {
    proxy.mood = 'silent'
    const { id } = (await start('2031 年被改动的抽查')).body
    await app.sql.query(`UPDATE spot_checks SET population = population - 0 WHERE id = $1`, [id])
    proxy.mood = 'honest'
    const stalled = await until(
      () => authority.get(`${URL_OF}/${id}`),
      ({ body }) => body.steps.witnessCode === 'not_as_fixed',
      'the stall'
    )
    assert.deepEqual(stalled.body.sampled, [])
    const { ok, output } = await ace(app, 'ledger:verify')
    assert.isFalse(ok)
    assert.include(output, `"table":"spot_checks","id":"${id}","column":"population"`)
  })

  test('SUP-1: the witness answers for an occasion once, whatever the application asks afterwards', async ({
    assert,
  }) => {
    const first = await completed((await start('2031 年只抽一次')).body.id)
    // An operator who forgets the first one and tries for a sample that pleases more.
    await app.sql.query('UPDATE spot_checks SET occasion = $1, title = $1 WHERE id = $2', ['旧', first.id])
    const second = (await start('2031 年只抽一次', { count: 3 })).body
    const stalled = await until(
      () => authority.get(`${URL_OF}/${second.id}`),
      ({ body }) => body.steps.witnessCode === 'occasion_already_sampled',
      'the refusal'
    )
    assert.deepEqual(stalled.body.sampled, [])
  })
})
