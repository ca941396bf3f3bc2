import { test } from '@japa/runner'
import { canonicalJson } from '#lib/canonical_json'
import { verifyDrawEvidenceText } from '#lib/draw/verify_evidence'
import { concludedPlan } from '#tests/api/reports/support/concluded_review'
import { filedAs } from '#tests/api/revision/support/after_meeting'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { drawn, readyPlan, signInHosts, submitted, until, type Hosts } from '#tests/support/draw_life'
import { visitor } from '#tests/support/person'
import type { OpenPlan } from '#tests/support/plan_life'
import { publishedTrust } from '#tests/support/published_trust'

test.group('A second round of a plan', (group) => {
  let app: TestInstance
  let hosts: Hosts
  let plan: OpenPlan
  let first: any
  group.setup(async () => {
    app = await testInstance()
    hosts = await signInHosts(app.url)
    plan = await readyPlan(hosts, '二轮 1 号基坑')
    first = await drawn(hosts.organiser, plan.reviewId)
    return () => app.stop()
  })
  group.each.timeout(240_000)

  const logged = async (type: string) => {
    const { rows } = await app.sql.query(
      'SELECT e.index::int, p.payload::jsonb AS payload FROM ledger_entries e JOIN ledger_payloads p USING (index) WHERE type = $1',
      [type]
    )
    return rows
  }
  const trust = async () => {
    const { body } = await (await visitor(app.url)).get('/api/public/draw-keys')
    return publishedTrust(body)
  }

  test('DRAW-6, REP-4: none before 不通过 is on record; then a new draw of the same line, whose evidence carries the reason', async ({
    assert,
  }) => {
    const early = await hosts.organiser.post(`/api/plans/${plan.id}/rounds`)
    assert.equal(early.body.error.code, 'E_REVIEW_STATE')
    const review = await concludedPlan(app, hosts.organiser, plan)
    await filedAs(app, review, 'FAIL', 'none')
    const [entry, ...others] = await logged('draw.round_failed')
    assert.lengthOf(others, 0)
    const { drawId, planKey } = first.fingerprints
    const { rows: heads } = await app.sql.query('SELECT head_sha256 FROM report_editions')
    const report = heads[0].head_sha256
    assert.deepInclude(entry.payload, { drawId, planKey, round: 1, conclusion: 'FAIL', report })

    const opened = await hosts.organiser.post(`/api/plans/${plan.id}/rounds`)
    assert.deepInclude(opened.body, { round: 2 }, JSON.stringify(opened.body))
    assert.equal((await hosts.organiser.post(`/api/plans/${plan.id}/rounds`)).status, 409)
    const unchanged = await hosts.organiser.post(`/api/plans/${plan.id}/hand-over`)
    assert.equal(unchanged.body.error.code, 'E_PLAN_LACKS')
    const { lacks } = (await hosts.organiser.get(`/api/plans/${plan.id}`)).body
    assert.deepEqual(
      lacks.map(({ code }: any) => code),
      ['round_version_needed']
    )
    await submitted(hosts, plan, { about: '二轮 1 号基坑', groundwater: '按专家意见重做降水设计' })
    const second = await drawn(hosts.organiser, opened.body.reviewId)
    assert.notEqual(second.number, first.number)
    assert.notEqual(second.fingerprints.planKey, planKey)
    const { body } = await hosts.organiser.get(`/api/draws/${second.id}/evidence`)
    assert.equal(body.roundBefore.index, entry.index)
    assert.isBelow(entry.index, body.commit.index)
    const keys = await trust()
    assert.equal(verifyDrawEvidenceText(canonicalJson(body), keys).verdict, 'genuine')
    const { roundBefore: _, ...without } = body
    const { verdict, checks } = verifyDrawEvidenceText(canonicalJson(without), keys)
    assert.deepEqual([verdict, checks.find(({ ok }) => !ok)?.code], ['not_genuine', 'round_before_entry'])
  })

  test('DRAW-6: a second round slipped into the tables: the witness does not answer without the log', async ({
    assert,
  }) => {
    const other = await readyPlan(hosts, '二轮 2 号基坑')
    await drawn(hosts.organiser, other.reviewId)
    await app.sql.query("UPDATE reviews SET state = 'CLOSED', conclusion = 'FAIL' WHERE id = $1", [
      other.reviewId,
    ])
    await app.sql.query('UPDATE draws SET failed_at = now() WHERE review_id = $1', [other.reviewId])
    const opened = await hosts.organiser.post(`/api/plans/${other.id}/rounds`)
    await submitted(hosts, other, { about: '二轮 2 号基坑', groundwater: '另一稿' })
    const started = await hosts.organiser.press(`/api/reviews/${opened.body.reviewId}/draw`)
    assert.equal(started.status, 202, JSON.stringify(started.body))
    const waiting = await until(
      () => hosts.organiser.get(`/api/draws/${started.body.id}`),
      ({ body }) => body.status === 'awaiting_witness',
      'the wait'
    )
    assert.equal(waiting.body.steps.witnessCode, 'round_before_missing')
  })

  test('DRAW-6: a plan with its part spelt otherwise, or changed for the second round, is not drawn for', async ({
    assert,
  }) => {
    const spelt = await readyPlan(hosts, '三区 3 号基坑')
    await drawn(hosts.organiser, spelt.reviewId)
    const { rows } = await app.sql.query('SELECT permit, part FROM plans WHERE id = $1', [spelt.id])
    const again = await readyPlan(hosts, '3 区三号基坑')
    await app.sql.query('UPDATE plans SET permit = $2 WHERE id = $1', [again.id, rows[0].permit])
    const refused = await hosts.organiser.press(`/api/reviews/${again.reviewId}/draw`)
    assert.equal(refused.body.error.code, 'E_DRAW_PLAN_LOOKS_DRAWN', JSON.stringify(refused.body))
    await app.sql.query('UPDATE reviews SET round = 2 WHERE id = $1', [again.reviewId])
    await app.sql.query("UPDATE plans SET part = '四区' WHERE id = $1", [again.id])
    const changed = await hosts.organiser.press(`/api/reviews/${again.reviewId}/draw`)
    assert.equal(changed.body.error.code, 'E_DRAW_ROUND_BEFORE_UNKNOWN', JSON.stringify(changed.body))
  })
})
