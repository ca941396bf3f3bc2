import { test } from '@japa/runner'
import { runStep } from '#bin/platform/run_step'
import { demoInstance, ROOT, type TestInstance } from '#tests/support/cluster'
import { signIn, type Person } from '#tests/support/person'

const CENTRE = '19900000008'
const AUTHORITY = '19900000009'
const SYSTEM = '19900000010'
const SECURITY = '19900000011'
const AUDITOR = '19900000012'
const OWNER = '19900000005'

/** What the page behind a to-do asks the server for first; a page that is missing here fails the test. */
const ASKED: readonly [RegExp, (...ids: string[]) => string][] = [
  [/^\/plans\/([^/]+)(?:\/review)?$/, (id) => `/api/plans/${id}`],
  [/^\/draws\/start\/([^/]+)$/, (id) => `/api/reviews/${id}/draw`],
  [/^\/draws\/near\/([^/]+)$/, (id) => `/api/near-plans/${id}`],
  [/^\/draws\/([^/]+)$/, (id) => `/api/draws/${id}`],
  [/^\/invitations\/([^/]+)$/, (id) => `/api/invitations/${id}`],
  [/^\/meetings\/([^/]+)$/, (id) => `/api/sessions/${id}`],
  [/^\/reviews\/([^/]+)\/opinions$/, (id) => `/api/sessions/${id}`],
  [/^\/reports\/([^/]+)(?:\/sign)?$/, (id) => `/api/reports/${id}`],
  [/^\/revisions\/([^/]+)\/filing$/, (id) => `/api/reviews/${id}/filing`],
  [/^\/revisions\/([^/]+)$/, (id) => `/api/reviews/${id}/revision`],
  [/^\/supervision\/([^/]+)$/, (id) => `/api/supervision/reviews/${id}`],
  [/^\/ledger$/, () => '/api/ledger/verifications'],
  [/^\/capacities$/, () => '/api/office-capacities'],
  [/^\/feedback$/, () => '/api/feedback'],
]

function askedBy(href: string): string {
  for (const [pattern, path] of ASKED) {
    const found = pattern.exec(href)
    if (found) return path(...found.slice(1))
  }
  throw new Error(`No page is known at ${href}`)
}

/** As somebody with the database in hand would do it, past the trigger that keeps a draw as it is. */
async function alterADraw(app: TestInstance): Promise<string> {
  const client = await app.sql.connect()
  await client.query('BEGIN')
  await client.query("SET LOCAL session_replication_role = 'replica'")
  const { rows } = await client.query(
    `UPDATE draws SET result = jsonb_set(result, '{seats,0,ticket}', to_jsonb(repeat('0', 64)))
     WHERE id = (SELECT id FROM draws ORDER BY id DESC LIMIT 1) RETURNING id`
  )
  await client.query('COMMIT')
  client.release()
  return rows[0].id
}

test.group('The demonstration: each role has something to do', (group) => {
  let app: TestInstance
  let shown: { people: any[]; waiting: any[]; open: Record<string, string | null> }
  const signedIn = new Map<string, Person>()
  const person = async (mobile: string) => {
    if (!signedIn.has(mobile)) signedIn.set(mobile, await signIn(app.url, mobile))
    return signedIn.get(mobile)!
  }
  const todoOf = async (mobile: string): Promise<any[]> =>
    (await (await person(mobile)).get('/api/home')).body.todo

  group.setup(async () => {
    app = await demoInstance()
    shown = (await (await fetch(`${app.url}/api/demo/people`)).json()) as typeof shown
    return () => app.stop()
  })
  group.each.timeout(120_000)

  test('the sign-ins page lists each role', ({ assert }) => {
    const roles = new Set(shown.people.map((one) => one.capacities[0].kind))
    assert.sameMembers(
      [...roles],
      [
        'expert',
        'organiser',
        'technical_head',
        'supervising_engineer',
        'owner',
        'designer',
        'surveyor',
        'agency',
        'centre',
        'authority',
        'system_admin',
        'security_admin',
        'auditor',
      ]
    )
  })

  test('each person on it has a to-do, and each to-do a page that answers', async ({ assert }) => {
    for (const { name, mobile } of shown.people) {
      const todo = await todoOf(mobile)
      assert.isAbove(todo.length, 0, name)
      for (const { kind, href } of todo) {
        const { status } = await (await person(mobile)).get(askedBy(href))
        assert.equal(status, 200, `${name}, ${kind}: ${href}`)
      }
    }
  })

  test('experts are shown by what waits for them: to answer, to write, to word a report, to sign', ({
    assert,
  }) => {
    const experts = shown.people.filter((one) => one.capacities[0].kind === 'expert')
    const kinds = new Set(experts.map((one) => one.todo[0].kind))
    assert.includeMembers(
      [...kinds],
      ['invitation.answer', 'opinions.hand_in', 'report_to_write', 'report_to_sign']
    )
    const each = Map.groupBy(experts, (one) => one.todo[0].kind)
    for (const [what, of] of each) assert.isAtMost(of.length, 3, what)
  })

  test('REP-6: a passer-by finds a report, a plan on site and a draw', async ({ assert }) => {
    for (const path of [
      `/api/public/reports/${shown.open.report}`,
      `/api/site/${shown.open.site}`,
      `/api/public/draws/${shown.open.draw}`,
    ])
      assert.equal((await fetch(app.url + path)).status, 200, path)
  })

  test('DRAW-9: log and tables agree, and the business clock is back at the present', async ({ assert }) => {
    const { ok, output } = await runStep(
      process.execPath,
      ['--import=./bin/typescript.mjs', 'bin/console.ts', 'ledger:verify'],
      { cwd: ROOT, env: app.instance.environment }
    )
    assert.isTrue(ok, output)
    const { rows } = await app.sql.query('SELECT offset_ms FROM business_clock WHERE id = 1')
    assert.closeTo(Number(rows[0].offset_ms), 0, 1000)
  })

  test('SUP-1: the centre has a draw recomputed, and it is off the list', async ({ assert }) => {
    const centre = await person(CENTRE)
    const before = (await todoOf(CENTRE)).filter(({ kind }) => kind === 'draw.check')
    assert.isAbove(before.length, 0)
    const { status, body } = await centre.press(`/api${before[0].href}/checks`)
    assert.equal(status, 201)
    assert.deepEqual(body, { verdict: 'genuine', failed: [] })
    const after = (await todoOf(CENTRE)).map(({ id }) => id)
    assert.notInclude(after, before[0].id)
    assert.equal((await (await person(AUTHORITY)).press(`/api${before[0].href}/checks`)).status, 403)
  })

  test('SUP-1: a draw whose evidence was altered is not called genuine', async ({ assert }) => {
    const id = await alterADraw(app)
    const { body } = await (await person(CENTRE)).press(`/api/draws/${id}/checks`)
    assert.equal(body.verdict, 'not_genuine')
    assert.isAbove(body.failed.length, 0)
  })

  test('ORG-4: audit finds that alteration, and the log stays on its list', async ({ assert }) => {
    const audit = await person(AUDITOR)
    const { status, body } = await audit.press('/api/ledger/verifications')
    assert.equal(status, 201)
    assert.equal(body.findings, 1)
    assert.include(
      (await todoOf(AUDITOR)).map(({ kind }) => kind),
      'ledger.verify'
    )
    const { verifications } = (await audit.get('/api/ledger/verifications')).body
    assert.equal(verifications[0].findings[0].table, 'draws')
    assert.equal((await (await person(CENTRE)).press('/api/ledger/verifications')).status, 403)
  })

  test('SUP-6: the authority opens an inspection of the plan that failed, and ends it', async ({
    assert,
  }) => {
    const authority = await person(AUTHORITY)
    const danger = (await todoOf(AUTHORITY))[0]
    assert.equal(danger.kind, 'supervision.hidden_danger')
    const opened = await authority.press(
      `/api/supervision/reviews${danger.href.replace('/supervision', '')}/inspections`,
      {
        number: 'JC-2026-1',
        reason: '论证不通过，督办',
      }
    )
    assert.equal(opened.status, 201)
    const kinds = async () =>
      (await todoOf(AUTHORITY)).filter(({ href }) => href === danger.href).map(({ kind }) => kind)
    assert.deepEqual(await kinds(), ['inspection.close'])
    await authority.press(`/api/supervision/inspections/${opened.body.id}/close`)
    assert.deepEqual(await kinds(), [])
  })

  test('ORG-4: security administration confirms others’ capacities, never its own', async ({ assert }) => {
    const security = await person(SECURITY)
    const { capacities } = (await security.get('/api/office-capacities')).body
    const own = capacities.find(({ mine }: any) => !mine)
    const press = (id: string, step: string, body: object = {}) =>
      security.press(`/api/office-capacities/${id}/${step}`, body)
    assert.equal((await press(own.id, 'confirm')).body.error.code, 'E_OWN_CAPACITY')
    for (const { id, mine } of capacities) if (mine) assert.equal((await press(id, 'confirm')).status, 204)
    assert.deepEqual(await todoOf(SECURITY), [])
    assert.equal((await press(capacities.find(({ mine }: any) => mine).id, 'confirm')).status, 409)
    for (const other of [SYSTEM, CENTRE, OWNER])
      assert.equal((await (await person(other)).get('/api/office-capacities')).status, 403)
  })

  test('ORG-4: a capacity that is ended is no longer good for a request', async ({ assert }) => {
    const system = await person(SYSTEM)
    assert.equal((await system.get('/api/home')).status, 200)
    const security = await person(SECURITY)
    const { capacities } = (await security.get('/api/office-capacities')).body
    const { id } = capacities.find(({ name }: any) => name === '甘雨桐')
    const ended = await security.press(`/api/office-capacities/${id}/end`, { reason: '已调离岗位' })
    assert.equal(ended.status, 204)
    assert.notEqual((await (await person(AUDITOR)).get('/api/ledger/verifications')).status, 200)
  })

  test('ORG-5: feedback gets an answer, and whoever gave it is told', async ({ assert }) => {
    const system = await person(SYSTEM)
    const owner = await person(OWNER)
    const given = await owner.press('/api/feedback', { text: '会议通知里请写明停车位置。' })
    assert.equal(given.status, 201)
    const open = (await todoOf(SYSTEM)).filter(({ kind }) => kind === 'feedback.answer')
    assert.lengthOf(open, 3)
    const answer = (who: Person) =>
      who.press(`/api/feedback/${given.body.id}/answer`, { text: '下一版通知会附上位置图。' })
    assert.equal((await answer(owner)).status, 403)
    assert.equal((await answer(system)).status, 204)
    assert.equal((await answer(system)).body.error.code, 'E_FEEDBACK_ANSWERED')
    assert.lengthOf(await todoOf(SYSTEM), 2)
    const { feedback } = (await owner.get('/api/feedback')).body
    assert.equal(feedback[0].answer.text, '下一版通知会附上位置图。')
    const { messages } = (await owner.get('/api/messages')).body
    assert.equal(messages[0].kind, 'feedback.answered')
    const others = (await (await person(AUTHORITY)).get('/api/feedback')).body
    assert.deepEqual(others.feedback, [])
  })
})
