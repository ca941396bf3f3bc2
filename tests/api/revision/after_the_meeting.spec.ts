import { test } from '@japa/runner'
import {
  concludedReview,
  reportInstance,
  type ConcludedReview,
} from '#tests/api/reports/support/concluded_review'
import {
  answerAll,
  filedAs,
  issued,
  kindsOf,
  photograph,
  revisedVersion,
  revisionOf,
  upload,
} from '#tests/api/revision/support/after_meeting'
import type { TestInstance } from '#tests/support/cluster'
import { until } from '#tests/support/draw_life'
import { signIn, visitor, type Person } from '#tests/support/person'
import { decide } from '#tests/support/plan_life'

const stateOf = async (app: TestInstance, reviewId: string): Promise<string> =>
  (await app.sql.query('SELECT state FROM reviews WHERE id = $1', [reviewId])).rows[0].state

test.group('After the meeting: 修改后通过', (group) => {
  let app: TestInstance
  let review: ConcludedReview
  let colleague: Person
  let head: Person
  let supervisor: Person
  let centre: Person
  let stranger: Person
  let leader: Person
  group.setup(async () => {
    app = await reportInstance()
    review = await concludedReview(app)
    leader = review.panel[0]!
    const people = await Promise.all(
      ['19900000015', '19900000002', '19900000003', '19900000008', '19900000020'].map((mobile) =>
        signIn(app.url, mobile)
      )
    )
    ;[colleague, head, supervisor, centre, stranger] = people as [Person, Person, Person, Person, Person]
    return () => app.stop()
  })
  group.each.timeout(180_000)

  const path = () => `/api/reviews/${review.reviewId}`
  const filing = async (person = review.organiser) => (await person.get(`${path()}/filing`)).body
  const called = async (person: Person) => (await kindsOf(person)).filter((kind) => kind === 'plan.to_review')
  const todo = async (person: Person) =>
    (await person.get('/api/home')).body.todo.map(({ kind }: any) => kind)

  test('REP-5: from the end of the meeting the papers are due on the third day at 24:00, and who organises is told', async ({
    assert,
  }) => {
    const { body } = await until(
      () => review.organiser.get(`${path()}/filing`),
      ({ status }) => status === 200,
      'the filing'
    )
    assert.equal(body.state, 'open')
    assert.deepEqual(body.missing, ['report', 'sign_in_record', 'photographs'])
    const due = new Date(body.dueAt)
    assert.equal(due.toISOString().slice(11), '16:00:00.000Z')
    const days = (due.getTime() - Date.parse(body.meetingEndedAt)) / 86_400_000
    assert.isTrue(days > 3 && days <= 4 + 3, String(days))
    assert.include(await todo(review.organiser), 'filing_documents')
    assert.include(await kindsOf(review.organiser), 'filing.opened')
    const { rows } = await app.sql.query(
      "SELECT count(*)::int AS n FROM outbox o JOIN users u ON u.id = o.user_id WHERE u.name = '覃丽娟' AND o.channel = 'sms'"
    )
    assert.isAbove(rows[0].n, 0)
  })

  test('REP-5: a reminder comes before the deadline; after it everyone responsible sees that it is late, once', async ({
    assert,
  }) => {
    const at = [review.reviewId]
    await app.sql.query(
      "UPDATE deadlines SET remind_at = now() - interval '1 minute' WHERE object_id = $1 AND kind = 'filing_documents'",
      at
    )
    await until(
      () => kindsOf(review.organiser),
      (kinds) => kinds.includes('reminder.filing_documents'),
      'the reminder'
    )
    await app.sql.query("UPDATE filings SET due_at = now() - interval '1 minute' WHERE review_id = $1", at)
    await app.sql.query("UPDATE deadlines SET due_at = now() - interval '1 minute' WHERE object_id = $1", at)
    for (const person of [review.organiser, leader, centre])
      await until(
        () => kindsOf(person),
        (kinds) => kinds.includes('filing.late'),
        'word of the lateness'
      )
    assert.equal((await filing(supervisor)).state, 'late')
    await app.sql.query(
      "UPDATE deadlines SET passed_at = NULL WHERE object_id = $1 AND kind = 'filing_closes'",
      at
    )
    await new Promise((resolve) => setTimeout(resolve, 2500))
    const late = (await kindsOf(review.organiser)).filter((kind) => kind === 'filing.late')
    assert.lengthOf(late, 1)
  })

  test('REP-5: what is no picture is refused, whatever it calls itself', async ({ assert }) => {
    const whole = photograph({ width: 1200, height: 900 })
    const huge = photograph({ type: 'png' })
    huge.writeUInt32BE(100_000, 16)
    for (const [bytes, code] of [
      [Buffer.from('<svg onload="alert(1)"/>'), 'not_an_image'],
      [Buffer.from('%PDF-1.7 and so on, long enough to be read as a head'), 'not_an_image'],
      [whole.subarray(0, 2000), 'unreadable'],
      [Buffer.concat([whole.subarray(0, 30), Buffer.alloc(3000, 7)]), 'not_an_image'],
      [huge, 'too_many_pixels'],
    ] as const) {
      const answer = await upload(review.organiser, review.reviewId, bytes)
      assert.equal(answer.status, 409, JSON.stringify(answer.body))
      assert.equal(answer.body.error.params.refusal.code, code)
    }
    assert.equal(
      (await upload(review.organiser, review.reviewId, Buffer.alloc(12 * 1_048_576 + 1))).status,
      413
    )
    assert.lengthOf((await filing()).images, 0)
  })

  test('REP-5: pictures are the hosts’ to bring and the report’s people’s to see', async ({ assert }) => {
    const first = await upload(review.organiser, review.reviewId, photograph({ text: '会场一' }))
    assert.equal(first.status, 200, JSON.stringify(first.body))
    assert.equal(
      (await upload(review.organiser, review.reviewId, photograph({ text: '会场一' }))).body.error.code,
      'E_SAME_IMAGE'
    )
    assert.equal((await upload(stranger, review.reviewId, photograph({ text: '别家' }))).status, 404)
    assert.equal((await upload(supervisor, review.reviewId, photograph({ text: '监理' }))).status, 403)
    const image = `${path()}/filing/images/${first.body.id}`
    const seen = await leader.get(image)
    assert.equal(seen.status, 200)
    assert.equal(seen.headers.get('content-type'), 'image/jpeg')
    assert.equal(seen.headers.get('x-content-type-options'), 'nosniff')
    for (const way of [image, `${path()}/filing`, `${path()}/revision`])
      assert.equal((await stranger.get(way)).status, 404)
    assert.equal((await colleague.delete(image)).status, 200)
    assert.equal((await leader.get(image)).status, 404)
    await upload(
      review.organiser,
      review.reviewId,
      photograph({ text: '会场二', type: 'png' }),
      'photograph',
      'image/png'
    )
    assert.deepEqual((await filing()).missing, ['report', 'sign_in_record'])
  })

  test('REP-5, REP-3: the report’s last signature and the sign-in record complete it by themselves; the items lie open', async ({
    assert,
  }) => {
    await issued(review)
    assert.equal(await stateOf(app, review.reviewId), 'REPORT_ISSUED')
    const early = await revisionOf(review.organiser, review.reviewId)
    assert.isTrue(early.mine.answers)
    assert.isFalse(early.mine.submits)
    // Everybody who sat signs in: the record of a meeting held by video.
    await app.sql.query(
      `INSERT INTO session_sign_ins (id, review_id, user_id, role, at)
       SELECT gen_random_uuid(), review_id, user_id, role, now() FROM session_seats WHERE review_id = $1`,
      [review.reviewId]
    )
    await until(
      () => stateOf(app, review.reviewId),
      (state) => state === 'REVISING',
      'the filing'
    )
    assert.equal((await filing()).state, 'complete_late')
    assert.equal(
      (await upload(review.organiser, review.reviewId, photograph({ text: '太晚' }))).body.error.code,
      'E_FILING_CLOSED'
    )
    const view = await revisionOf(review.organiser, review.reviewId)
    assert.deepEqual(
      view.items.map(({ kind, number }: any) => [kind, number]),
      [
        ['must_fix', 1],
        ['must_fix', 2],
        ['advice', 1],
      ]
    )
    assert.include(view.items[0].place, '第 96 页')
    assert.isNotNull(view.due.answers)
    assert.include(await todo(review.organiser), 'revision_answers')
    assert.notInclude(await todo(review.organiser), 'filing_documents')
  })

  test('REP-3: two people of the contractor never overwrite one another', async ({ assert }) => {
    const [item] = (await revisionOf(review.organiser, review.reviewId)).items
    const write = (person: Person, change: string, revision: number) =>
      person.put(`${path()}/revision/answers/${item.id}`, {
        taken: true,
        change,
        page: 8,
        reason: '',
        revision,
      })
    const both = await Promise.all([write(review.organiser, '甲', 0), write(colleague, '乙', 0)])
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409])
    const [won, lost] = both[0]!.status === 200 ? ['甲', both[1]!] : ['乙', both[0]!]
    assert.equal(lost.body.error.code, 'E_ANSWER_CHANGED')
    assert.deepInclude(lost.body.error.params.theirs, { change: won, revision: 1 })
    assert.equal((await write(colleague, '合并', 1)).body.revision, 2)
    assert.equal((await write(colleague, '不存在', 9)).status, 409)
    assert.equal((await write(leader, '组长', 2)).status, 403)
    assert.equal((await write(stranger, '外人', 2)).status, 404)
    const seenByLeader = await revisionOf(leader, review.reviewId)
    assert.isNull(seenByLeader.answers)
    assert.isNull(seenByLeader.faults)
  })

  test('REP-3: nothing goes to the leader before each item is answered on a page of the revised version', async ({
    assert,
  }) => {
    const submit = (seen: Record<string, number>) =>
      review.organiser.press(`${path()}/revision/submissions`, { withVersion: true, seen })
    const view = await revisionOf(review.organiser, review.reviewId)
    assert.equal((await submit({})).body.error.code, 'E_ANSWERS_CHANGED')
    const seen = Object.fromEntries(
      Object.entries(view.answers).map(([id, { revision }]: any) => [id, revision])
    )
    assert.equal((await submit(seen)).body.error.code, 'E_REVISED_VERSION_MISSING')
    await revisedVersion(review.organiser, review.planId, {
      groundwater: '按工况重算，地下水位降至坑底以下 1.0 m',
      insertedPage: '监测点平面布置',
    })
    const refused = await submit(seen)
    assert.equal(refused.body.error.code, 'E_ANSWERS_INCOMPLETE')
    assert.deepEqual(refused.body.error.params.faults, [
      { code: 'answer_missing', item: view.items[1].id },
      { code: 'answer_missing', item: view.items[2].id },
    ])
    // The refused submission has handed nothing over.
    const versions = (await review.organiser.get(`/api/plans/${review.planId}`)).body.versions
    assert.equal(versions[0].state, 'draft')
    const far = await answerAll(review.organiser, review.reviewId, 5000)
    assert.equal((await submit(far)).body.error.params.faults[0].code, 'page_outside')
    const good = await answerAll(review.organiser, review.reviewId)
    const done = await Promise.all([submit(good), submit(good)])
    assert.deepEqual(done.map(({ status }) => status).sort(), [200, 409])
    assert.equal(await stateOf(app, review.reviewId), 'REVISION_SUBMITTED')
    assert.include(await todo(leader), 'revision_check')
    assert.notInclude(await todo(review.organiser), 'revision_answers')
    const late = await review.organiser.put(`${path()}/revision/answers/${view.items[0].id}`, {
      taken: true,
      change: 'x',
      page: 1,
      reason: '',
      revision: good[view.items[0].id],
    })
    assert.equal(late.body.error.code, 'E_ANSWERS_CLOSED')
    assert.equal(
      (await decide(head, review.planId, { kind: 'contractor', version: 2 })).body.error.code,
      'E_NOT_YOUR_TURN'
    )
    assert.lengthOf(await called(head), 1)
  })

  test('REP-3: the leader sends it back with reasons, and agrees to the next', async ({ assert }) => {
    const give = (person: Person, body: object) =>
      person.press(`${path()}/revision/opinion`, {
        submission: 1,
        text: '',
        judged: {},
        versionSha256: 'a'.repeat(64),
        decision: 'send_back',
        ...body,
      })
    const view = await revisionOf(leader, review.reviewId)
    const [one, two] = view.items
    const { sha256 } = view.submissions[0].version
    const judged = {
      [one.id]: { agrees: true, reason: '' },
      [two.id]: { agrees: false, reason: '第 8 页没有土方车工况' },
    }
    const draft = await leader.put(`${path()}/revision/opinion-draft`, {
      submission: 1,
      text: '草稿',
      judged,
      revision: 0,
    })
    assert.equal(draft.status, 200, JSON.stringify(draft.body))
    assert.equal(
      (
        await leader.put(`${path()}/revision/opinion-draft`, {
          submission: 1,
          text: '另一页',
          judged,
          revision: 0,
        })
      ).body.error.code,
      'E_DRAFT_CHANGED'
    )
    assert.equal((await revisionOf(leader, review.reviewId)).draft.text, '草稿')
    assert.isNull((await revisionOf(review.organiser, review.reviewId)).draft)
    assert.equal((await give(review.panel[1]!, { judged })).status, 404)
    assert.equal(
      (await give(leader, { judged })).body.error.params.faults[0].code,
      'version_not_the_revision'
    )
    assert.deepEqual((await give(leader, { versionSha256: sha256, judged: {} })).body.error.params.faults, [
      { code: 'nothing_rejected' },
    ])
    const silent = { ...judged, [two.id]: { agrees: false, reason: ' ' } }
    assert.deepEqual(
      (await give(leader, { versionSha256: sha256, judged: silent })).body.error.params.faults,
      [{ code: 'reason_missing', item: two.id }]
    )
    const agreeing = await give(leader, { versionSha256: sha256, judged, decision: 'agree', text: '同意' })
    assert.deepEqual(agreeing.body.error.params.faults, [{ code: 'item_rejected', item: two.id }])
    assert.equal((await give(leader, { versionSha256: sha256, judged })).status, 200)
    assert.equal(await stateOf(app, review.reviewId), 'REVISING')
    await until(
      () => todo(review.organiser),
      (kinds) => kinds.includes('revision_answers'),
      'the contractor’s turn'
    )
    assert.include(await kindsOf(review.organiser), 'revision.sent_back')

    const again = await answerAll(review.organiser, review.reviewId, 9)
    await review.organiser.press(`${path()}/revision/submissions`, { withVersion: true, seen: again })
    const second = await revisionOf(leader, review.reviewId)
    assert.equal(second.submissions[0].number, 2)
    assert.equal(second.submissions[1].opinion.decision, 'send_back')
    const all = { [one.id]: { agrees: true, reason: '' }, [two.id]: { agrees: true, reason: '' } }
    assert.equal(
      (
        await give(leader, {
          submission: 1,
          versionSha256: sha256,
          judged: all,
          decision: 'agree',
          text: '同意',
        })
      ).body.error.code,
      'E_NOTHING_TO_CHECK'
    )
    assert.equal(
      (
        await give(leader, {
          submission: 2,
          versionSha256: sha256,
          judged: all,
          decision: 'agree',
          text: ' ',
        })
      ).body.error.params.faults[0].code,
      'opinion_empty'
    )
    const agreed = await give(leader, {
      submission: 2,
      versionSha256: sha256,
      judged: all,
      decision: 'agree',
      text: '两条均已按意见修改，可以报审。',
    })
    assert.equal(agreed.body.state, 'LEADER_OPINION')
    assert.lengthOf(await called(head), 2)
    for (const member of review.panel.slice(1)) assert.include(await kindsOf(member), 'revision.changed')
    await assert.rejects(() => app.sql.query("UPDATE leader_opinions SET text = 'x'"), /do not change/)
    await assert.rejects(
      () => app.sql.query("UPDATE revision_submissions SET answers = '{}'"),
      /do not change/
    )
  })

  test('REP-6: both approve again; version 2 may be built, version 1 may not, and each code says so', async ({
    assert,
  }) => {
    const passerBy = await visitor(app.url)
    const codes: string[] = (await review.organiser.get(`/api/plans/${review.planId}`)).body.versions.map(
      ({ siteCode }: any) => siteCode
    )
    const [v2, v1] = codes
    const ask = async (code: string) => (await passerBy.get(`/api/site/${code}/verdict`)).body
    assert.deepInclude(await ask(v1!), {
      mayBeBuilt: false,
      because: 'leader_opinion_missing',
      instead: null,
    })
    assert.deepInclude(await ask(v2!), { mayBeBuilt: false, because: 'not_approved' })
    await decide(head, review.planId, { kind: 'contractor', version: 2 })
    assert.isFalse((await ask(v2!)).mayBeBuilt)
    const last = await decide(supervisor, review.planId, { kind: 'supervision', version: 2 })
    assert.equal(last.body.reviewState, 'IMPLEMENTABLE', JSON.stringify(last.body))
    const yes = await ask(v2!.toLowerCase())
    assert.deepInclude(yes, { mayBeBuilt: true, because: 'released', version: 2 })
    assert.isNotNull(yes.since)
    assert.equal(yes.report.conclusion, 'REVISE')
    const no = await ask(v1!)
    assert.isFalse(no.mayBeBuilt)
    assert.deepEqual(no.instead, { version: 2, siteCode: v2 })
    for (const code of codes)
      assert.equal((await passerBy.get(`/api/site/${code}`)).body.implementable, (await ask(code)).mayBeBuilt)
    const text = JSON.stringify(yes)
    for (const name of ['覃丽娟', '韦承志', '陆文涛']) assert.notInclude(text, name)
    assert.equal((await passerBy.get('/api/site/00000000/verdict')).status, 404)
    await until(
      () => kindsOf(supervisor),
      (kinds) => kinds.includes('revision.may_be_built'),
      'word of the release'
    )
    await app.sql.query("UPDATE reviews SET state = 'SUSPENDED' WHERE id = $1", [review.reviewId])
    assert.deepInclude(await ask(v2!), { mayBeBuilt: false, because: 'review_suspended' })
    assert.isNull((await ask(v1!)).instead)
  })
})

test.group('After the meeting: 通过 and 不通过', (group) => {
  let app: TestInstance
  group.setup(async () => {
    app = await reportInstance()
    return () => app.stop()
  })
  group.each.timeout(180_000)

  /** given: a report issued with this conclusion, filed at once. */
  async function filed(code: 'PASS' | 'FAIL', items: 'advice' | 'none') {
    const review = await concludedReview(app)
    await filedAs(app, review, code, items)
    return review
  }

  test('REP-10: advice is taken or not, with a reason; the reviewed version may then be built', async ({
    assert,
  }) => {
    const review = await filed('PASS', 'advice')
    assert.equal(await stateOf(app, review.reviewId), 'FILED')
    const path = `/api/reviews/${review.reviewId}/revision`
    const view = await revisionOf(review.organiser, review.reviewId)
    const [item] = view.items
    assert.lengthOf(view.items, 1)
    assert.include(
      (await review.organiser.get('/api/home')).body.todo.map(({ kind }: any) => kind),
      'advice_answers'
    )
    const answer = (body: object) =>
      review.organiser.put(`${path}/answers/${item.id}`, {
        taken: null,
        change: '',
        page: null,
        reason: '',
        revision: 0,
        ...body,
      })
    const submit = (seen: object) =>
      review.organiser.press(`${path}/submissions`, { withVersion: false, seen })
    await answer({})
    assert.deepEqual((await submit({ [item.id]: 1 })).body.error.params.faults, [
      { code: 'not_decided', item: item.id },
    ])
    await answer({ taken: false, revision: 1 })
    assert.deepEqual((await submit({ [item.id]: 2 })).body.error.params.faults, [
      { code: 'reason_missing', item: item.id },
    ])
    await answer({ taken: false, reason: '现场已有示意图（图 12）', revision: 2 })
    const done = await submit({ [item.id]: 3 })
    assert.equal(done.body.state, 'IMPLEMENTABLE', JSON.stringify(done.body))
    const plan = (await review.organiser.get(`/api/plans/${review.planId}`)).body
    const site = (await (await visitor(app.url)).get(`/api/site/${plan.versions[0].siteCode}/verdict`)).body
    assert.deepInclude(site, { mayBeBuilt: true, version: 1 })
  })

  test('REP-10: nothing to answer, so the program releases it; 不通过 closes the review and nothing may be built', async ({
    assert,
  }) => {
    const passed = await filed('PASS', 'none')
    assert.equal(await stateOf(app, passed.reviewId), 'IMPLEMENTABLE')
    const failed = await filed('FAIL', 'none')
    assert.equal(await stateOf(app, failed.reviewId), 'CLOSED')
    await until(
      () => kindsOf(failed.organiser),
      (kinds) => kinds.includes('revision.failed'),
      'word of the end'
    )
    const { versions } = (await failed.organiser.get(`/api/plans/${failed.planId}`)).body
    const site = (await (await visitor(app.url)).get(`/api/site/${versions[0].siteCode}/verdict`)).body
    assert.deepInclude(site, { mayBeBuilt: false, because: 'review_failed' })
    assert.isFalse((await revisionOf(failed.organiser, failed.reviewId)).mine.answers)
  })

  test('REP-10: after 通过 a changed plan goes through both reviewers and replaces the one that may be built', async ({
    assert,
  }) => {
    const review = await filed('PASS', 'advice')
    const version = await revisedVersion(review.organiser, review.planId, {
      groundwater: '补充马道收尾示意图',
    })
    const seen = await answerAll(review.organiser, review.reviewId)
    const done = await review.organiser.press(`/api/reviews/${review.reviewId}/revision/submissions`, {
      withVersion: true,
      seen,
    })
    assert.equal(done.body.state, 'FILED', JSON.stringify(done.body))
    const [head, supervisor] = [await signIn(app.url, '19900000002'), await signIn(app.url, '19900000003')]
    await decide(head, review.planId, { kind: 'contractor', version })
    const last = await decide(supervisor, review.planId, { kind: 'supervision', version })
    assert.equal(last.body.reviewState, 'IMPLEMENTABLE', JSON.stringify(last.body))
    const { versions } = (await review.organiser.get(`/api/plans/${review.planId}`)).body
    const passerBy = await visitor(app.url)
    const [v2, v1] = await Promise.all(
      versions.map(async ({ siteCode }: any) => (await passerBy.get(`/api/site/${siteCode}/verdict`)).body)
    )
    assert.deepInclude(v2, { mayBeBuilt: true, version: 2 })
    assert.deepInclude(v1, { mayBeBuilt: false, because: 'superseded' })
    assert.equal(v1.instead.version, 2)
  })
})
