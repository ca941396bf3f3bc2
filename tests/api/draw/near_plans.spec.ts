import { test } from '@japa/runner'
import { ace } from '#tests/support/ace'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { drawn, readyPlan, signInHosts, submitted, type Hosts } from '#tests/support/draw_life'
import { signIn, type Person } from '#tests/support/person'
import { openPlan } from '#tests/support/plan_life'

const RENAMED = {
  projectName: '五象湖 A-07 地块商住项目',
  projectPlace: '良庆区五象湖东路 8 号',
  permit: '450108202603050101',
  summary: '',
  reviewKind: 'lunzheng',
  voluntaryReason: null,
  bySubcontractor: false,
}

test.group('Plans near an earlier one', (group) => {
  let app: TestInstance
  let hosts: Hosts
  let centre: Person
  group.setup(async () => {
    app = await testInstance({ environment: { MEDIA: 'off' } })
    hosts = await signInHosts(app.url)
    centre = await signIn(app.url, '19900000008')
    return () => app.stop()
  })
  group.each.timeout(240_000)

  const ticketsOf = (draw: any) => draw.seats.map(({ rosterNo, ticket }: any) => `${rosterNo} ${ticket}`)
  const questions = async () => (await centre.get('/api/near-plans')).body.questions
  const start = (reviewId: string) => hosts.organiser.press(`/api/reviews/${reviewId}/draw`)
  const answer = (id: string, same: boolean, reason: string) =>
    centre.press(`/api/near-plans/${id}/answer`, { same, reason })

  async function again(name: string, part: string, about?: string) {
    const plan = await openPlan(hosts.organiser)
    const changed = await hosts.organiser.patch(`/api/plans/${plan.id}`, { ...RENAMED, name, part })
    if (changed.status >= 300) throw new Error(JSON.stringify(changed.body))
    return submitted(hosts, plan, { about, title: name })
  }

  test('DRAW-6: renamed and with another part, the draw waits for the centre, whose answer gives it the earlier draw', async ({
    assert,
  }) => {
    const first = await readyPlan(hosts)
    const draw = await drawn(hosts.organiser, first.reviewId)
    const second = await again('五象湖商住楼基坑支护专项方案', '一号基坑（调整）')
    const [question] = await questions()
    assert.include(question, { state: 'open', textPercent: 99, sameSite: true, nearParameters: true })
    assert.equal(question.earlier.number, first.number)
    const todo = (await centre.get('/api/home')).body.todo.filter(
      ({ kind }: any) => kind === 'near_plan.answer'
    )
    assert.deepEqual(
      todo.map(({ href }: any) => href),
      [`/draws/near/${question.id}`]
    )

    const waiting = await start(second.reviewId)
    assert.equal(waiting.status, 422)
    assert.deepEqual(waiting.body.error, { code: 'E_DRAW_NEAR_PLAN_OPEN', params: { questions: 1 } })
    const preview = (await hosts.organiser.get(`/api/reviews/${second.reviewId}/draw`)).body
    assert.isTrue(preview.waitsForCentre)
    assert.isFalse(preview.mayStart)
    assert.notInclude(JSON.stringify(preview), first.number)
    assert.equal((await hosts.organiser.get(`/api/near-plans/${question.id}`)).status, 403)
    assert.equal((await hosts.organiser.press(`/api/near-plans/${question.id}/answer`, {})).status, 403)

    const view = (await centre.get(`/api/near-plans/${question.id}`)).body
    assert.equal(view.sides.plan.part, '一号基坑（调整）')
    assert.equal(view.earlierDraw.number, draw.number)
    assert.lengthOf(view.pages, 19)
    assert.isAbove(view.pages[3].percent, 95)
    assert.equal((await answer(question.id, true, '')).status, 422)
    const [one, two] = await Promise.all([
      answer(question.id, true, '图纸与计算书逐页相同，只改了名称'),
      answer(question.id, true, '图纸与计算书逐页相同，只改了名称'),
    ])
    assert.deepEqual([one.status, two.status], [200, 200])

    assert.equal((await start(second.reviewId)).body.error.code, 'E_PLAN_ALREADY_DRAWN')
    await app.sql.query("UPDATE reviews SET state = 'CANCELLED' WHERE id = $1", [first.reviewId])
    const taken = await drawn(hosts.organiser, second.reviewId)
    assert.equal(taken.number, draw.number)
    assert.deepEqual(ticketsOf(taken), ticketsOf(draw))
    const late = await answer(question.id, false, '复核后认为不是同一方案')
    assert.equal(late.body.error.code, 'E_PLAN_DRAWN')
    const { rows } = await app.sql.query(
      "SELECT type, count(*)::int AS n FROM ledger_entries WHERE type LIKE 'plan.near%' GROUP BY type ORDER BY type"
    )
    assert.deepEqual(rows, [
      { type: 'plan.near_another', n: 1 },
      { type: 'plan.near_another_answered', n: 1 },
    ])
  })

  test('DRAW-6: found to be another plan, it has a draw of its own, and is not asked about again', async ({
    assert,
  }) => {
    const plan = await again('五象湖 A-07 地块 2 号基坑专项方案', '2 号基坑', '2 号基坑')
    const [question] = await questions()
    assert.equal(question.plan.number, plan.number)
    assert.isTrue(question.sameSite && question.nearParameters)
    assert.isBelow(question.textPercent, 85)
    const reason = '另一座基坑，勘察孔和支护图各自独立'
    assert.equal((await answer(question.id, true, '先认定为同一方案')).body.state, 'same')
    assert.equal((await answer(question.id, false, reason)).body.state, 'different')
    const draw = await drawn(hosts.organiser, plan.reviewId)
    const numbers = await app.sql.query('SELECT count(DISTINCT plan_line)::int AS n FROM draws')
    assert.equal(numbers.rows[0].n, 2)
    assert.equal(draw.plan.number, plan.number)
    const told = JSON.stringify((await hosts.organiser.get('/api/messages')).body)
    assert.include(told, 'near_plan.different')
  })

  test('DRAW-6: a plan of other works is compared and not asked about', async ({ assert }) => {
    const before = (await questions()).length
    const plan = await readyPlan(hosts, '江北换乘站', [{ category: 'PIT', parameters: { depth_m: 8.1 } }])
    const { rows } = await app.sql.query(
      'SELECT c.compared, c.near FROM plan_comparisons c JOIN reviews r ON r.plan_id = c.plan_id WHERE r.id = $1',
      [plan.reviewId]
    )
    assert.deepEqual(rows, [{ compared: 3, near: 0 }])
    assert.lengthOf(await questions(), before)
    const { output } = await ace(app, 'ledger:verify')
    // The one difference is the review that this test called off by SQL.
    assert.match(output, /"table":"reviews".*"column":"state"/)
    assert.include(output, '1 differences')
  })

  test('DRAW-6: a draw that is started before the comparison was made makes it first', async ({ assert }) => {
    const plan = await again('五象湖 A-07 地块 1 号基坑方案（再报）', '1 号坑')
    const found = (await questions()).filter(({ plan: { number } }: any) => number === plan.number)
    assert.isNotEmpty(found)
    await app.sql.query('DELETE FROM near_plans WHERE plan_id = $1', [plan.id])
    await app.sql.query('DELETE FROM plan_comparisons WHERE plan_id = $1', [plan.id])
    const waiting = await start(plan.reviewId)
    assert.equal(waiting.body.error.code, 'E_DRAW_NEAR_PLAN_OPEN')
    assert.equal(waiting.body.error.params.questions, found.length)
  })
})
