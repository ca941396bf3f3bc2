import { test } from '@japa/runner'
import { ace } from '#tests/support/ace'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { signIn, type Person } from '#tests/support/person'
import { decide, handedOver, noteContent, openPlan, PARTIES } from '#tests/support/plan_life'
import { planPdf } from '#tests/support/plan_pdf'
import { uploadFile } from '#tests/support/upload'

test.group('Life of a plan', (group) => {
  let app: TestInstance
  let organiser: Person
  let head: Person
  let supervisor: Person
  group.setup(async () => {
    app = await testInstance({ witness: false })
    organiser = await signIn(app.url, '19900000001')
    head = await signIn(app.url, '19900000002')
    supervisor = await signIn(app.url, '19900000003')
    return () => app.stop()
  })
  group.each.timeout(120_000)

  test('PLAN-1, PLAN-3, PLAN-4: from draft to the request for a review, returned once on the way', async ({
    assert,
  }) => {
    const plan = await openPlan(organiser)
    assert.match(plan.number, /^JK-\d{4}-\d{4}$/)
    const draft = (await organiser.get(`/api/plans/${plan.id}`)).body
    assert.isTrue(draft.reviewRequired)
    assert.deepEqual(
      draft.lacks.map((lack: any) => lack.code),
      ['file_missing']
    )

    assert.equal(await handedOver(organiser, plan.id), 1)
    assert.include(
      (await head.get('/api/home')).body.todo.map((item: any) => item.kind),
      'plan_to_approve'
    )
    assert.equal(
      (await decide(head, plan.id, { kind: 'contractor', version: 1 })).body.reviewState,
      'CONTRACTOR_REVIEWED'
    )
    const returned = await decide(supervisor, plan.id, {
      kind: 'supervision',
      version: 1,
      decision: 'return',
      reasons: ['降水设计不完整'],
    })
    assert.deepEqual(returned.body, { versionState: 'returned', reviewState: 'DRAFT' })

    const lacking = (await organiser.get(`/api/plans/${plan.id}`)).body
    assert.deepEqual(
      lacking.lacks.map((lack: any) => lack.code),
      ['new_version_needed']
    )
    assert.equal((await organiser.post(`/api/plans/${plan.id}/hand-over`)).status, 409)

    assert.equal(
      await handedOver(organiser, plan.id, {
        groundwater: '地下水位降至坑底以下 1.0 m，设观测井',
        insertedPage: '燃气管线应急联动',
      }),
      2
    )
    const compared = (await supervisor.get(`/api/plans/${plan.id}/compare?from=1&to=2`)).body
    assert.deepEqual(
      compared.changes.map((change: any) => [change.kind, change.from, change.to]),
      [
        ['changed', 8, 8],
        ['added', null, 18],
      ]
    )
    assert.deepEqual(
      compared.changes[0].lines.filter((line: any) => line.kind !== 'same').map((line: any) => line.kind),
      ['removed', 'added']
    )

    await decide(head, plan.id, { kind: 'contractor', version: 2 })
    const refused = await organiser.post(`/api/plans/${plan.id}/submissions`, { fitsSite: true })
    assert.equal(refused.status, 409)
    assert.equal(refused.body.error.code, 'E_REVIEW_STATE')
    await decide(supervisor, plan.id, { kind: 'supervision', version: 2 })
    const undeclared = await organiser.post(`/api/plans/${plan.id}/submissions`, { fitsSite: false })
    assert.deepEqual(undeclared.body.error.params.missing, [{ code: 'site_fit_declaration' }])
    const submitted = await organiser.post(`/api/plans/${plan.id}/submissions`, { fitsSite: true })
    assert.equal(submitted.status, 200)
    assert.equal(submitted.body.state, 'FORM_CHECKED')
    assert.match(submitted.body.number, /^LZ-\d{4}-\d{4}$/)
    const done = (await organiser.get(`/api/plans/${plan.id}`)).body
    assert.equal(done.review.history.length, 8)
    assert.isNumber(done.receipt.index)
  })

  test('PLAN-9: a hazardous work without a review ends implementable with its site code', async ({
    assert,
  }) => {
    const plan = await openPlan(
      organiser,
      [{ category: 'SCF_G', parameters: { height_m: 24 } }],
      '落地脚手架专项施工方案'
    )
    await handedOver(organiser, plan.id, { title: '落地脚手架' }, ['SCF_G'])
    await decide(head, plan.id, { kind: 'contractor', version: 1, categories: ['SCF_G'] })
    const last = await decide(supervisor, plan.id, { kind: 'supervision', version: 1, categories: ['SCF_G'] })
    assert.deepEqual(last.body, { versionState: 'approved', reviewState: 'IMPLEMENTABLE' })
    const shown = (await organiser.get(`/api/plans/${plan.id}`)).body
    const site = await organiser.get(`/api/site/${shown.versions[0].siteCode.toLowerCase()}`)
    assert.isTrue(site.body.implementable)
    assert.isFalse(shown.mine.submits)
  })

  test('PLAN-9: a work below the bounds is not handed over at all', async ({ assert }) => {
    const plan = await openPlan(organiser, [{ category: 'SCF_G', parameters: { height_m: 23.9 } }])
    const { lacks } = (await organiser.get(`/api/plans/${plan.id}`)).body
    assert.include(
      lacks.map((lack: any) => lack.code),
      'not_hazardous'
    )
  })

  test('PLAN-4: a version under review takes no change, of files, content, works or parties', async ({
    assert,
  }) => {
    const plan = await openPlan(organiser)
    await handedOver(organiser, plan.id)
    assert.equal((await noteContent(organiser, plan.id, 1)).body.error.code, 'E_VERSION_FIXED')
    assert.equal(
      (await organiser.put(`/api/plans/${plan.id}/works`, { works: [] })).body.error.code,
      'E_PLAN_FIXED'
    )
    assert.equal(
      (await organiser.put(`/api/plans/${plan.id}/parties`, { parties: PARTIES })).body.error.code,
      'E_PLAN_FIXED'
    )
    await decide(head, plan.id, { kind: 'contractor', version: 1 })
    await decide(supervisor, plan.id, { kind: 'supervision', version: 1 })
    await organiser.post(`/api/plans/${plan.id}/submissions`, { fitsSite: true })
    const late = await uploadFile(organiser, plan.id, await planPdf({ title: '第二版' }))
    assert.equal(late.refusal.code, 'E_VERSION_UNDER_REVIEW')
    await assert.rejects(
      () => app.sql.query("UPDATE plan_versions SET sha256 = 'x' WHERE plan_id = $1", [plan.id]),
      /does not change/
    )
    await assert.rejects(
      () => app.sql.query("UPDATE plan_versions SET chapters = '[]' WHERE plan_id = $1", [plan.id]),
      /under review/
    )
    await assert.rejects(
      () => app.sql.query('DELETE FROM plan_versions WHERE plan_id = $1', [plan.id]),
      /kept/
    )
  })

  test('PLAN-7: an item that is present, unticked or without a page stops each step', async ({ assert }) => {
    const plan = await openPlan(organiser)
    const version = await handedOver(organiser, plan.id)
    const { allTicked } = await import('#tests/support/plan_life')
    for (const [over, code] of [
      [{ state: 'present', page: 3 }, 'defect_present'],
      [{ page: null }, 'page_missing'],
      [{ page: 9999 }, 'page_missing'],
    ] as const) {
      const answer = await decide(head, plan.id, {
        kind: 'contractor',
        version,
        ticks: await allTicked(head, ['PIT'], { '一.16': over }),
      })
      assert.equal(answer.body.error.code, 'E_TICKS')
      assert.deepEqual(answer.body.error.params.faults, [{ code, item: '一.16' }])
    }
    const unticked = await decide(head, plan.id, {
      kind: 'contractor',
      version,
      ticks: (await allTicked(head)).slice(1),
    })
    assert.deepEqual(unticked.body.error.params.faults, [{ code: 'item_not_ticked', item: '一.1' }])
  })

  test('PLAN-3: the chief supervising engineer signs with a number, and neither reviewer out of turn', async ({
    assert,
  }) => {
    const plan = await openPlan(organiser)
    await handedOver(organiser, plan.id)
    assert.equal(
      (await decide(supervisor, plan.id, { kind: 'supervision', version: 1 })).body.error.code,
      'E_NOT_YOUR_TURN'
    )
    assert.equal((await decide(supervisor, plan.id, { kind: 'contractor', version: 1 })).status, 404)
    await decide(head, plan.id, { kind: 'contractor', version: 1 })
    assert.equal(
      (await decide(supervisor, plan.id, { kind: 'supervision', version: 1, registrationNumber: ' ' })).body
        .error.code,
      'E_REGISTRATION_NEEDED'
    )
    assert.equal(
      (await decide(supervisor, plan.id, { kind: 'supervision', version: 1, decision: 'return' })).body.error
        .code,
      'E_REASONS_NEEDED'
    )
    assert.equal(
      (await decide(supervisor, plan.id, { kind: 'supervision', version: 2 })).body.error.code,
      'E_OTHER_VERSION'
    )
  })

  test('a button pressed in two tabs does its work once', async ({ assert }) => {
    const plan = await openPlan(organiser)
    const upload = await uploadFile(organiser, plan.id, await planPdf())
    await noteContent(organiser, plan.id, upload.result.number)
    const handed = await Promise.all([1, 2, 3].map(() => organiser.post(`/api/plans/${plan.id}/hand-over`)))
    assert.deepEqual(handed.map((answer) => answer.status).sort(), [200, 409, 409])
    const decided = await Promise.all(
      [1, 2].map(() => decide(head, plan.id, { kind: 'contractor', version: 1 }))
    )
    assert.deepEqual(decided.map((answer) => answer.status).sort(), [200, 409])
    const { rows } = await app.sql.query(
      'SELECT count(*)::int AS n FROM plan_approvals a JOIN plan_versions v ON v.id = a.version_id WHERE v.plan_id = $1',
      [plan.id]
    )
    assert.equal(rows[0].n, 1)
  })

  test('a subcontractor’s plan needs both technical heads (PLAN-3)', async ({ assert }) => {
    const plan = await openPlan(organiser)
    const parties = PARTIES.map((party) =>
      party.role === 'subcontractor'
        ? {
            ...party,
            organisationName: '固远基础工程有限公司',
            leadName: '莫小军',
            leadMobile: '19900000077',
          }
        : party
    )
    await organiser.put(`/api/plans/${plan.id}/parties`, { parties })
    await organiser.patch(`/api/plans/${plan.id}`, {
      name: '分包方案',
      projectName: '五象湖',
      projectPlace: '良庆区',
      permit: '4501',
      part: '',
      summary: '',
      reviewKind: 'lunzheng',
      voluntaryReason: null,
      bySubcontractor: true,
    })
    await handedOver(organiser, plan.id)
    const first = await decide(head, plan.id, { kind: 'contractor', version: 1 })
    assert.deepEqual(first.body, { versionState: 'self_checked', reviewState: 'SELF_CHECKED' })
    assert.equal(
      (await decide(supervisor, plan.id, { kind: 'supervision', version: 1 })).body.error.code,
      'E_NOT_YOUR_TURN'
    )
    const open = (await organiser.get(`/api/plans/${plan.id}`)).body.openApprovals
    assert.deepEqual(
      open.map((one: any) => [one.kind, one.person]),
      [['subcontractor', '莫小军']]
    )
  })

  test('names beyond the basic plane, emoji and long company names survive', async ({ assert }) => {
    const name = '𠮷田🏗️基坑专项施工方案'
    const company = '南宁市' + '长'.repeat(50) + '建设工程有限公司'
    const plan = await openPlan(organiser, undefined, name)
    const parties = PARTIES.map((party) =>
      party.role === 'design'
        ? { ...party, organisationName: company, leadName: '𠮷田𣘺', leadMobile: '19900000078' }
        : party
    )
    assert.equal((await organiser.put(`/api/plans/${plan.id}/parties`, { parties })).status, 200)
    const shown = (await organiser.get(`/api/plans/${plan.id}`)).body
    assert.equal(shown.name, name)
    const design = shown.parties.find((party: any) => party.role === 'design')
    assert.equal(design.organisation.name, company)
    assert.equal(design.lead.name, '𠮷田𣘺')
    assert.notProperty(design.lead, 'mobile')
  })

  test('the log and the tables agree at the end', async ({ assert }) => {
    const verdict = await ace(app, 'ledger:verify')
    assert.isTrue(verdict.ok, verdict.output)
  })
})
