import { once } from 'node:events'
import { test } from '@japa/runner'
import { verifySpotCheck } from '#lib/draw/verify_spot_check'
import { publishedTrust } from '#tests/support/published_trust'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { concludedReviews, daysAgo } from '#tests/support/concluded_reviews'
import { until } from '#tests/support/draw_life'
import { signIn, type Person } from '#tests/support/person'
import { StatementProxy, type Statement } from '#tests/support/statement_proxy'
import { seededRandom } from '#tests/unit/draw_lib/support/fixtures'

const KILLS = 4
/** A statement may not come again at its place: the witness was faster, or a job ran beside it. Another is taken then. */
const MISSES = 4
const URL_OF = '/api/supervision/spot-checks'

test.group('Spot checks: kill -9 of the app in the middle', (group) => {
  let app: TestInstance
  let proxy: StatementProxy
  let authority: Person
  group.setup(async () => {
    app = await testInstance({ start: false })
    const { environment } = app.instance
    const database = new URL(environment.DATABASE_URL!)
    proxy = await StatementProxy.to(Number(database.port))
    database.port = String(proxy.port)
    environment.DATABASE_URL = database.href
    await app.instance.startApp()
    authority = await signIn(app.url, '19900000009')
    await concludedReviews(app, [3, 4, 5, 6, 7, 8])
    return async () => {
      await app.stop()
      await proxy.close()
    }
  })

  const start = async (title: string) => {
    const asked = { kind: 'concluded', category: null, from: daysAgo(10), to: daysAgo(2), count: 2 }
    return authority.press(URL_OF, { title, ...asked })
  }
  const standing = async (title: string) => {
    const { rows } = await app.sql.query('SELECT id, status FROM spot_checks WHERE title = $1', [title])
    return rows as { id: string; status: string }[]
  }
  const statementsOfOne = async (): Promise<Statement[]> => {
    proxy.record()
    await new Promise((done) => setTimeout(done, 3000))
    const idle = new Set(proxy.recorded.map(({ text }) => text))
    proxy.record()
    await start('没有中断的抽查')
    await until(
      () => standing('没有中断的抽查'),
      ([one]) => one?.status === 'completed',
      'the spot check'
    )
    // Jobs beside it commit too: only statements that are its own come again at the same place.
    return proxy.recorded.filter(
      // What is noted while the witness has not cosigned yet comes only where it takes its time.
      ({ text }) =>
        !idle.has(text) && /spot_check|inspection|ledger/.test(text) && !text.includes('witness_code')
    )
  }

  test('SUP-1: afterwards nothing has happened or all of it: one sample, its inspections, one entry of each kind', async ({
    assert,
  }) => {
    const statements = await statementsOfOne()
    assert.isAbove(statements.length, 8)
    const random = seededRandom('killed spot checks')
    let kills = 0
    for (let tries = 1; kills < KILLS && tries <= KILLS + MISSES; tries++) {
      const title = `第 ${tries} 次中断的抽查`
      const at = statements[random(statements.length)]!
      const when = random(2) === 0 ? 'before' : 'after'
      const schedule = JSON.stringify({ at, when })
      const victim = app.instance.app!
      const dead = once(victim, 'exit')
      proxy.set(at, when, () => victim.kill('SIGKILL'))
      await start(title).catch(() => null)
      await until(
        async () => proxy.sprung || (await standing(title))[0]?.status === 'completed',
        (over) => over,
        schedule
      )
      if (proxy.sprung) {
        kills += 1
        await dead
        await app.instance.startApp()
      } else proxy.disarm()
      // Whoever clicked and heard nothing clicks again.
      assert.equal((await start(title)).status, 202, schedule)
      const [one, ...more] = await until(
        () => standing(title),
        ([first]) => first?.status === 'completed',
        schedule
      )
      assert.isEmpty(more)
      const entries = await app.sql.query(
        `SELECT type FROM ledger_entries WHERE stream = $1 AND type IN ('spot_check.committed', 'spot_check.completed') ORDER BY seq`,
        [`spot_check/${one!.id}`]
      )
      assert.deepEqual(
        entries.rows.map(({ type }) => type),
        ['spot_check.committed', 'spot_check.completed']
      )
      const view = (await authority.get(`${URL_OF}/${one!.id}`)).body
      assert.isTrue(
        view.sampled.every(({ inspectionId }: { inspectionId: string | null }) => inspectionId !== null)
      )
      const evidence = (await authority.get(`${URL_OF}/${one!.id}/evidence`)).body
      const keys = (await authority.get('/api/public/draw-keys')).body
      assert.equal(verifySpotCheck(evidence, publishedTrust(keys)).verdict, 'genuine')
    }
    assert.equal(kills, KILLS)
  }).timeout(300_000)
})
