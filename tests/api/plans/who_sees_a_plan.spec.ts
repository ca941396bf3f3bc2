import { test } from '@japa/runner'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { signIn, visitor, type Person } from '#tests/support/person'
import { decide, handedOver, openPlan, PARTIES } from '#tests/support/plan_life'
import { planPdf } from '#tests/support/plan_pdf'
import { uploadFile } from '#tests/support/upload'

const WAYS = (id: string) => [
  `/api/plans/${id}`,
  `/api/plans/${id}/versions/1/file`,
  `/api/plans/${id}/versions/1/pages`,
  `/api/plans/${id}/compare?from=1&to=2`,
]

test.group('Who sees a plan (SEC-2)', (group) => {
  let app: TestInstance
  let organiser: Person
  const people: Record<string, Person> = {}
  group.setup(async () => {
    app = await testInstance({ witness: false })
    organiser = await signIn(app.url, '19900000001')
    for (const [name, mobile] of Object.entries({
      head: '19900000002',
      supervisor: '19900000003',
      agency: '19900000004',
      owner: '19900000005',
      surveyor: '19900000007',
      centre: '19900000008',
      authority: '19900000009',
      admin: '19900000010',
      auditor: '19900000012',
    })) {
      people[name] = await signIn(app.url, mobile)
    }
    return () => app.stop()
  })
  group.each.timeout(120_000)

  const outcome = async (person: Person, id: string) =>
    Promise.all(WAYS(id).map(async (way) => (await person.get(way)).status))
  const listed = async (person: Person, id: string) =>
    (await person.get('/api/plans')).body.plans.some((plan: any) => plan.id === id)

  test('a draft is its writers’ own; parties see it once it is handed over', async ({ assert }) => {
    const plan = await openPlan(organiser)
    for (const who of ['supervisor', 'owner', 'surveyor', 'agency']) {
      assert.deepEqual(await outcome(people[who]!, plan.id), [404, 404, 404, 404], who)
      assert.isFalse(await listed(people[who]!, plan.id), who)
    }
    await handedOver(organiser, plan.id)
    for (const who of ['head', 'supervisor', 'owner', 'surveyor']) {
      assert.equal((await people[who]!.get(`/api/plans/${plan.id}`)).status, 200, who)
      assert.equal((await people[who]!.get(WAYS(plan.id)[1]!)).status, 200, who)
      assert.isTrue(await listed(people[who]!, plan.id), who)
    }
    for (const who of ['agency', 'admin', 'auditor'])
      assert.deepEqual(await outcome(people[who]!, plan.id), [404, 404, 404, 404], who)
    for (const who of ['centre', 'authority'])
      assert.equal((await people[who]!.get(`/api/plans/${plan.id}`)).status, 200, who)
  })

  test('a draft version after a return is not shown to reviewers', async ({ assert }) => {
    const plan = await openPlan(organiser)
    await handedOver(organiser, plan.id)
    await decide(people.head!, plan.id, {
      kind: 'contractor',
      version: 1,
      decision: 'return',
      reasons: ['补充'],
    })
    await uploadFile(organiser, plan.id, await planPdf({ title: '第二版' }))
    const seen = (await people.supervisor!.get(`/api/plans/${plan.id}`)).body
    assert.deepEqual(
      seen.versions.map((version: any) => version.number),
      [1]
    )
    assert.equal((await people.supervisor!.get(`/api/plans/${plan.id}/versions/2/file`)).status, 404)
    assert.equal((await people.supervisor!.get(`/api/plans/${plan.id}/compare?from=1&to=2`)).status, 404)
    assert.equal(
      (await people.supervisor!.get('/api/plans')).body.plans.find((one: any) => one.id === plan.id).version,
      1
    )
  })

  test('who is no longer named sees it no more, and nobody unnamed can write or sign', async ({ assert }) => {
    const plan = await openPlan(organiser)
    const parties = PARTIES.map((party) =>
      party.role === 'owner' ? { ...party, leadName: null, leadMobile: null } : party
    )
    await organiser.put(`/api/plans/${plan.id}/parties`, { parties })
    await handedOver(organiser, plan.id)
    assert.equal((await people.owner!.get(`/api/plans/${plan.id}`)).status, 404)
    for (const who of ['owner', 'surveyor', 'centre', 'supervisor'] as const) {
      assert.include([403, 404], (await people[who]!.patch(`/api/plans/${plan.id}`, {})).status, who)
      assert.include([403, 404], (await people[who]!.post(`/api/plans/${plan.id}/hand-over`)).status, who)
      assert.include(
        [403, 404],
        (await decide(people[who]!, plan.id, { kind: 'contractor', version: 1 })).status,
        who
      )
    }
  })

  test('another enterprise’s organiser finds nothing, by list, page, file, upload or search', async ({
    assert,
  }) => {
    const plan = await openPlan(organiser)
    await handedOver(organiser, plan.id)
    const { rows } = await app.sql.query(
      "INSERT INTO organisations VALUES (gen_random_uuid(), '邻市建工有限公司', 'contractor', NULL, now()) RETURNING id"
    )
    await app.sql.query(
      "INSERT INTO memberships SELECT gen_random_uuid(), id, $1, 'organiser', NULL, now(), NULL FROM users WHERE name = '苏明远'",
      [rows[0].id]
    )
    const other = await signIn(app.url, '19900000004')
    const session = (await other.get('/api/session')).body
    await other.post('/api/session/capacity', {
      id: session.capacities.find((one: any) => one.kind === 'organiser').id,
    })
    assert.deepEqual(await outcome(other, plan.id), [404, 404, 404, 404])
    assert.equal((await other.get(`/api/plans?search=${plan.number}`)).body.total, 0)
    const opened = await other.request('POST', `/api/plans/${plan.id}/upload`, undefined, {
      'tus-resumable': '1.0.0',
      'upload-length': '1000',
    })
    assert.equal(opened.status, 404)
    assert.equal((await other.put(`/api/plans/${plan.id}/works`, { works: [] })).status, 404)
  })

  test('without an account nothing, and a malformed number is no server error', async ({ assert }) => {
    const plan = await openPlan(organiser)
    const stranger = await visitor(app.url)
    assert.equal((await stranger.get(`/api/plans/${plan.id}`)).status, 401)
    for (const id of ['x', '00000000-0000-0000-0000-000000000000', "'; DROP TABLE plans; --"]) {
      assert.equal((await organiser.get(`/api/plans/${encodeURIComponent(id)}`)).status, 404)
    }
    assert.equal((await organiser.get(`/api/plans/${plan.id}/versions/abc/file`)).status, 404)
    assert.equal((await stranger.get('/api/site/ZZZZZZZZ')).status, 404)
  })
})
