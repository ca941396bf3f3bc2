import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { ace } from '#tests/support/ace'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { drawn, permitOf, readyPlan, signInHosts, type Hosts } from '#tests/support/draw_life'
import { signIn, type Person } from '#tests/support/person'
import { regulationWith } from '#tests/support/regulation_with'
import { CONTRACTOR } from '#tests/support/plan_life'

const DESIGNER = '澜图建筑设计研究院'

interface DemoExpert {
  roster_no: string
  mobile: string
  grade: string
  specialties: string[]
  reviews_this_month: number
  why: string | null
}
const experts = JSON.parse(readFileSync('resources/demo/experts.json', 'utf8')) as DemoExpert[]

/** The regulation of a city where a company of the same group counts as the employer. */
const GROUPS_COUNT = { 'draw.group_counts_as_employer': true }

test.group('Keeping the library', (group) => {
  let app: TestInstance
  let centre: Person
  let hosts: Hosts
  const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const inDays = (days: number) =>
    new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)

  group.setup(async () => {
    app = await testInstance({ environment: { MEDIA: 'off', REGULATIONS_DIR: regulationWith(GROUPS_COUNT) } })
    hosts = await signInHosts(app.url)
    centre = await signIn(app.url, '19900000008')
    return () => app.stop()
  })
  group.each.timeout(240_000)

  async function recordOf(rosterNo: string) {
    const { rows } = await app.sql.query('SELECT id FROM experts WHERE roster_no = $1', [rosterNo])
    return (await centre.get(`/api/library/experts/${rows[0].id}`)).body
  }

  /** A form of the centre about one expert, filled in against what it shows now. */
  async function form(method: string, rosterNo: string, path: string, body: object) {
    const { id, revision } = await recordOf(rosterNo)
    const answer = await centre.request(method, `/api/library/experts/${id}/${path}`, {
      reason: '核对档案后更正',
      revision,
      ...body,
    })
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  async function ownForm(mobile: string, method: string, path: string, body: object) {
    const expert = await signIn(app.url, mobile)
    const { revision } = (await expert.get('/api/own-record')).body
    return expert.request(method, `/api/own-record/${path}`, { reason: '', revision, ...body })
  }

  /** The committed reason of each expert, by roster number; absent: in no pool. */
  async function poolOf(drawId: string): Promise<Map<string, string | null>> {
    const { rows } = await app.sql.query('SELECT pool FROM draw_pools WHERE id = $1', [drawId])
    return new Map(rows[0].pool.map(({ leaf }: any) => [leaf.id, leaf.excluded]))
  }

  test('DRAW-1, DRAW-5, DRAW-6, DRAW-8, REG-1, REG-3: each reason set on the pages stands in the committed pool', async ({
    assert,
  }) => {
    const baseline = await poolOf((await drawn(hosts.organiser, (await readyPlan(hosts)).reviewId)).id)
    const free = experts.filter(({ roster_no, grade }) => grade === 'A' && baseline.get(roster_no) === null)
    const taken = new Set<string>()
    const next = (fits: (one: DemoExpert) => boolean = () => true) => {
      const found = free.find((one) => !taken.has(one.roster_no) && fits(one))
      if (!found) throw new Error('no expert left for this reason')
      taken.add(found.roster_no)
      return found
    }
    const expected = new Map<string, string | null | undefined>()
    const expects = (one: DemoExpert, reason: string | null | undefined) => {
      expected.set(one.roster_no, reason)
      return one.roster_no
    }

    const employed = expects(next(), 'party_employer')
    await form('POST', employed, 'employments', {
      // The same company, as another keyboard types it.
      employer: DESIGNER.replace('建筑', '\u3000建筑 '),
      from: '2020-01-01',
      until: null,
      retiredFrom: false,
    })
    const former = expects(next(), 'party_former_employer')
    await form('POST', former, 'employments', {
      employer: CONTRACTOR,
      from: '2010-01-01',
      until: inDays(-2 * 365),
      retiredFrom: false,
    })
    const longAgo = expects(next(), null)
    await form('POST', longAgo, 'employments', {
      employer: CONTRACTOR,
      from: '2010-01-01',
      until: inDays(-4 * 365),
      retiredFrom: false,
    })
    const retired = expects(next(), 'party_former_employer')
    await form('POST', retired, 'employments', {
      employer: CONTRACTOR,
      from: '1990-01-01',
      until: '2012-01-01',
      retiredFrom: true,
    })
    const sister = expects(next(), 'party_group')
    await form('POST', sister, 'employments', {
      employer: '湘岭岩土有限公司',
      from: '2021-01-01',
      until: null,
      retiredFrom: false,
    })
    const sold = expects(next(), null)
    await form('POST', sold, 'employments', {
      employer: '澄江监测有限公司',
      from: '2021-01-01',
      until: null,
      retiredFrom: false,
    })
    for (const [company, until] of [
      [DESIGNER, null],
      ['湘岭岩土有限公司', null],
      ['澄江监测有限公司', inDays(-1)],
    ]) {
      const joined = await centre.post('/api/library/groups/members', {
        group: '澜湘集团',
        company,
        from: null,
        until,
        reason: '工商登记信息',
      })
      assert.equal(joined.status, 200, JSON.stringify(joined.body))
    }

    const served = expects(next(), 'reviewed_this_plan')
    await form('POST', served, 'service', {
      plan: { permit: permitOf('2 号基坑'), part: '2 号基坑', categories: ['PIT'] },
      organiser: '另一家建工有限公司',
      agency: null,
      meetingDay: '2024-03-01',
    })
    const capped = expects(
      next(({ reviews_this_month: n }) => n >= 1),
      'monthly_cap'
    )
    await form('PUT', capped, 'monthly-cap', { cap: 1 })
    const busy = next(({ reviews_this_month: n }) => n >= 1)
    expects(busy, 'monthly_cap')
    assert.equal((await ownForm(busy.mobile, 'PUT', 'monthly-cap', { cap: 1 })).status, 200)
    const away = next()
    expects(away, 'on_leave')
    const leaves = await ownForm(away.mobile, 'POST', 'leaves', { from: inDays(1), until: inDays(60) })
    assert.equal(leaves.status, 200, JSON.stringify(leaves.body))
    const over = expects(next(), 'term_expired')
    await form('PUT', over, 'term', {
      from: '2020-01-01',
      until: inDays(-1),
      document: '南建管〔2026〕1号',
    })
    const suspended = expects(next(), 'suspended')
    await form('POST', suspended, 'status', { event: 'suspend', document: '南建管〔2026〕2号' })
    const without = expects(next(), 'specialty')
    await form('PUT', without, 'tags', { specialties: ['curtain_wall'], methods: [] })
    const interested = next()
    expects(interested, 'declared_interest')
    const declared = await ownForm(interested.mobile, 'POST', 'interests', {
      company: DESIGNER,
      kind: 'relative',
    })
    assert.equal(declared.status, 200, JSON.stringify(declared.body))
    const lower = expects(next(), 'grade')
    await form('PUT', lower, 'grade', { grade: 'B', document: '南建管〔2026〕3号' })

    // Of a neighbouring city's library: in a pool only where it widens to there.
    const neighbour = expects(next(), undefined)
    await form('PUT', neighbour, 'home-city', { city: 'chongzuo' })

    const deep = [{ category: 'PIT', parameters: { depth_m: 21 } }]
    const plan = await readyPlan(hosts, '2 号基坑', deep)
    const pool = await poolOf((await drawn(hosts.organiser, plan.reviewId)).id)
    assert.deepEqual(
      Object.fromEntries([...expected.keys()].map((roster) => [roster, pool.get(roster)])),
      Object.fromEntries(expected)
    )
    const ledger = await ace(app, 'ledger:verify')
    assert.isTrue(ledger.ok, ledger.output)
  })

  test('REG-3: each change keeps before, after, reason and who; the expert is told; a stale form is refused', async ({
    assert,
  }) => {
    const { roster_no: rosterNo, mobile } = experts.find(({ why }) => why === null)!
    const before = await recordOf(rosterNo)
    const path = `/api/library/experts/${before.id}/monthly-cap`
    const body = { cap: 2, reason: '本人申请减少场次', revision: before.revision }
    const [first, second] = await Promise.all([
      centre.request('PUT', path, body),
      centre.request('PUT', path, body),
    ])
    assert.sameMembers([first!.status, second!.status], [200, 409])
    const after = await recordOf(rosterNo)
    assert.equal(after.revision, before.revision + 1)
    const [change] = after.changes
    assert.deepEqual([change.what, change.before, change.after], ['monthly_cap', { cap: 6 }, { cap: 2 }])
    assert.equal(change.reason, '本人申请减少场次')
    assert.isString(after.changes[0].by)
    const stale = await centre.request('PUT', path, { ...body, cap: 3 })
    assert.equal(stale.body.error.code, 'E_EXPERT_CHANGED')
    const high = await centre.request('PUT', path, { ...body, cap: 7, revision: after.revision })
    assert.deepEqual(high.body.error, { code: 'E_CAP_TOO_HIGH', params: { most: 6 } })
    const noReason = await centre.request('PUT', path, { ...body, reason: '', revision: after.revision })
    assert.equal(noReason.status, 422)

    const expert = await signIn(app.url, mobile)
    const own = (await expert.get('/api/own-record')).body
    assert.equal(own.caps.effective, 2)
    assert.isNull(own.changes[0].by)
    assert.isFalse(own.changes[0].own)
    assert.include(JSON.stringify((await expert.get('/api/messages')).body), 'expert.changed')
    assert.equal(
      (
        await expert.request('PUT', '/api/own-record/monthly-cap', {
          cap: 3,
          reason: '',
          revision: own.revision,
        })
      ).body.error.code,
      'E_CAP_TOO_HIGH'
    )
    assert.equal((await expert.request('PUT', path, { ...body, revision: own.revision })).status, 403)
    assert.equal((await expert.get(`/api/library/experts/${before.id}`)).status, 403)
    assert.equal((await expert.get('/api/library/experts')).status, 403)
  })

  test('REG-3: leaves are several, past and to come, never two at once; one that runs can be ended', async ({
    assert,
  }) => {
    const { mobile, roster_no: rosterNo } = experts.filter(({ why }) => why === null)[1]!
    const enter = (from: string, until: string) => ownForm(mobile, 'POST', 'leaves', { from, until })
    assert.equal((await enter(inDays(-3), inDays(3))).status, 200)
    assert.equal((await enter(inDays(20), inDays(25))).status, 200)
    assert.equal((await enter(inDays(25), inDays(30))).body.error.code, 'E_LEAVE_OVERLAPS')
    assert.equal((await enter(inDays(-9), inDays(-5))).body.error.code, 'E_LEAVE_OVER')
    const [running, coming] = (await recordOf(rosterNo)).leaves
    assert.equal((await ownForm(mobile, 'POST', `leaves/${coming.id}/removal`, {})).status, 200)
    assert.equal((await ownForm(mobile, 'POST', `leaves/${running.id}/removal`, {})).status, 200)
    const left = (await recordOf(rosterNo)).leaves
    assert.deepEqual(
      left.map(({ from, until }: any) => ({ from, until })),
      [{ from: inDays(-3), until: inDays(-1) }]
    )
    const foreign = await ownForm(experts[3]!.mobile, 'POST', `leaves/${left[0].id}/removal`, {})
    assert.equal(foreign.status, 404)
  })

  test('REG-1, REG-3: a term is renewed from its end, or anew when it is over; offices keep to their part', async ({
    assert,
  }) => {
    const authority = await signIn(app.url, '19900000009')
    const over = experts.find(({ why }) => why === 'expired')!
    await form('POST', over.roster_no, 'renewals', { until: null, document: '南建管〔2026〕4号' })
    const renewed = await recordOf(over.roster_no)
    assert.equal(renewed.status, 'listed')
    assert.equal(renewed.term.from, today())
    const running = experts.filter(({ why }) => why === null)[2]!
    const before = await recordOf(running.roster_no)
    await form('POST', running.roster_no, 'renewals', { until: null, document: '南建管〔2026〕5号' })
    const after = await recordOf(running.roster_no)
    assert.equal(after.term.from, before.term.from)
    assert.deepEqual(after.term, before.renewal)
    const path = `/api/library/experts/${after.id}/status`
    const body = {
      event: 'remove',
      reason: '严重失职',
      document: '南住建〔2026〕9号',
      revision: after.revision,
    }
    assert.equal((await centre.post(path, body)).body.error.code, 'E_NOT_YOUR_OFFICE')
    assert.equal((await authority.post(path, body)).status, 200)
    assert.equal((await authority.request('PUT', `/api/library/experts/${after.id}/grade`, body)).status, 403)
  })

  test('REG-3: the list is found by name, employer and number, narrowed, counted and paged', async ({
    assert,
  }) => {
    const all = (await centre.get('/api/library/experts')).body
    const admitted = Number(
      (
        await app.sql.query(
          "SELECT count(*) FROM experts WHERE status NOT IN ('applied', 'in_review', 'in_publicity')"
        )
      ).rows[0].count
    )
    assert.equal(all.total, admitted)
    assert.lengthOf(all.experts, Math.min(50, admitted))
    const second = (await centre.get('/api/library/experts?page=2')).body
    assert.lengthOf(second.experts, Math.min(50, admitted - 50))
    const [one] = all.experts
    for (const q of [one.name, one.rosterNo]) {
      const found = (await centre.get(`/api/library/experts?q=${encodeURIComponent(q)}`)).body
      assert.include(
        found.experts.map(({ id }: any) => id),
        one.id
      )
    }
    assert.equal((await centre.get('/api/library/experts?q=%25')).body.total, 0)
    const narrowed = (await centre.get('/api/library/experts?specialty=monitoring&standing=listed')).body
    assert.isAbove(narrowed.total, 0)
    for (const { specialties, standing } of narrowed.experts) {
      assert.include(specialties, 'monitoring')
      assert.equal(standing, 'listed')
    }
    assert.equal((await centre.get('/api/library/experts?standing=nonsense')).status, 422)
  })
})

test.group('A library from before its tables', (group) => {
  group.each.timeout(120_000)

  test('REG-3: leave and group columns of an older installation are moved at its first start, on record', async ({
    assert,
  }) => {
    const app = await testInstance({ start: false, witness: false, environment: { MEDIA: 'off' } })
    try {
      await app.sql.query(
        "UPDATE experts SET leave_from = '2031-01-01', leave_until = '2031-01-05' WHERE roster_no = 'NN0001'"
      )
      await app.sql.query('UPDATE organisations SET group_name = $1 WHERE name = $2', ['澜湘集团', DESIGNER])
      await app.instance.startApp()
      const leaves = await app.sql.query(
        `SELECT l.from_day, l.until_day FROM expert_leaves l JOIN experts e ON e.id = l.expert_id
         WHERE e.roster_no = 'NN0001' AND l.from_day > '2031-01-01'::date - 1`
      )
      assert.lengthOf(leaves.rows, 1)
      const groups = await app.sql.query(
        `SELECT g.name FROM company_groups g JOIN company_group_members m ON m.group_id = g.id
         JOIN organisations o ON o.id = m.organisation_id WHERE o.name = $1`,
        [DESIGNER]
      )
      assert.deepEqual(groups.rows, [{ name: '澜湘集团' }])
      const ledger = await ace(app, 'ledger:verify')
      assert.isTrue(ledger.ok, ledger.output)
    } finally {
      await app.stop()
    }
  })
})
