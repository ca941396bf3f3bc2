import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MeetingFacts } from '#reports/sources'
import { ROOT, testInstance, type TestInstance } from '#tests/support/cluster'
import { signIn, type Person } from '#tests/support/person'
import { decide, handedOver, openPlan } from '#tests/support/plan_life'

export const PANEL = ['19900001001', '19900001002', '19900001003', '19900001004', '19900001005'] as const
const TITLES = ['正高级工程师', '教授', '高级工程师', '高级工程师', '正高级工程师']

/** An installation whose meetings are written down in a file, see meeting_source.ts. */
export async function reportInstance(
  environment: NodeJS.ProcessEnv = {}
): Promise<TestInstance & { facts: string }> {
  const app = await testInstance({ witness: false, start: false, environment })
  const facts = join(app.instance.options.varDir, 'meeting-facts.json')
  writeFileSync(facts, '{}')
  Object.assign(app.instance.environment, {
    MEETING_FACTS: facts,
    NODE_OPTIONS: `--import=@poppinss/ts-exec --import=${join(ROOT, 'tests/api/reports/support/meeting_source.ts')}`,
  })
  await app.instance.startApp()
  return { ...app, instance: app.instance, facts }
}

export interface ConcludedReview {
  readonly reviewId: string
  readonly reportId: string
  readonly planId: string
  /** Leader first. */
  readonly panel: Person[]
  readonly organiser: Person
}

/** given: a review that concluded 修改后通过 with five members, its report open for the leader. */
export async function concludedReview(
  app: TestInstance & { facts: string },
  change: (facts: MeetingFacts) => MeetingFacts = (facts) => facts,
  mobiles: readonly string[] = PANEL
): Promise<ConcludedReview> {
  const organiser = await signIn(app.url, '19900000001')
  const plan = await openPlan(organiser)
  await handedOver(organiser, plan.id)
  await decide(await signIn(app.url, '19900000002'), plan.id, { kind: 'contractor', version: 1 })
  await decide(await signIn(app.url, '19900000003'), plan.id, { kind: 'supervision', version: 1 })
  const submitted = await organiser.post(`/api/plans/${plan.id}/submissions`, { fitsSite: true })
  if (submitted.status !== 200) throw new Error(JSON.stringify(submitted.body))
  const panel = await Promise.all(mobiles.map((mobile) => signIn(app.url, mobile)))
  const version = await app.sql.query('SELECT id FROM plan_versions WHERE plan_id = $1', [plan.id])
  const facts = change(await meetingFacts(app, version.rows[0].id, panel))
  const all = JSON.parse(readFileSync(app.facts, 'utf8'))
  writeFileSync(app.facts, JSON.stringify({ ...all, [plan.reviewId]: { meeting: facts, draw: null } }))
  // The meeting itself is not what is tested here: the review stands where its conclusion leaves it.
  await app.sql.query("UPDATE reviews SET state = 'CONCLUDED', conclusion = $2 WHERE id = $1", [
    plan.reviewId,
    facts.conclusion.code,
  ])
  app.instance.app!.kill('SIGUSR2')
  for (;;) {
    const { body } = await panel[0]!.get(`/api/reports?review=${plan.reviewId}`)
    const [report] = body.reports ?? []
    if (report) return { reviewId: plan.reviewId, reportId: report.id, planId: plan.id, panel, organiser }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function meetingFacts(
  app: TestInstance,
  versionId: string,
  panel: readonly Person[]
): Promise<MeetingFacts> {
  const startedAt = new Date(Date.now() - 3 * 3_600_000)
  const endedAt = new Date(Date.now() - 20 * 60_000)
  const users = await Promise.all(panel.map(async (person) => (await person.get('/api/session')).body.user))
  const { rows } = await app.sql.query(
    `SELECT e.user_id, e.roster_no, e.position, u.name, u.mobile_masked, o.name AS employer FROM experts e
     JOIN users u ON u.id = e.user_id
     JOIN expert_employments m ON m.expert_id = e.id AND m.until_day IS NULL
     JOIN organisations o ON o.id = m.organisation_id WHERE e.user_id = ANY($1)`,
    [users.map(({ id }) => id)]
  )
  const seats = users.map((user, index) => {
    const row = rows.find(({ user_id }) => user_id === user.id)!
    return {
      userId: user.id as string,
      letter: 'ABCDEFGHI'[index]!,
      role: index === 0 ? ('leader' as const) : ('expert' as const),
      name: row.name as string,
      employer: row.employer as string,
      position: row.position as string,
      title: TITLES[index % TITLES.length]!,
      specialty: index % 2 ? '结构' : '岩土/基坑',
      rosterNo: row.roster_no as string,
    }
  })
  return {
    versionId,
    startedAt,
    endedAt,
    mode: 'remote',
    place: '远程会议',
    host: '韦承志',
    survey: '',
    seats,
    opinions: OPINIONS.map(([label, page, text, basis]) => ({ label, place: '', page, text, basis })),
    items: [
      {
        kind: 'must_fix',
        place: '监测方案',
        page: 96,
        text: OPINIONS[0][2],
        basis: OPINIONS[0][3],
        sources: ['C1', 'B1'],
      },
      {
        kind: 'must_fix',
        place: '计算书',
        page: 148,
        text: OPINIONS[2][2],
        basis: OPINIONS[2][3],
        sources: ['A1'],
      },
      {
        kind: 'advice',
        place: '施工部署',
        page: 61,
        text: '补充马道收尾分层开挖示意图。',
        basis: '',
        sources: ['D1'],
      },
    ],
    severeDefects: [],
    judgements: {
      complete: '方案内容基本完整，施工工艺可行；监测内容须补充。',
      calculations: '抗隆起验算的地面荷载取值偏小，须重算。',
      site: '按应修改完善的意见修改后，能够满足现场实际情况并确保施工安全。',
    },
    conclusion: { code: 'REVISE', reasons: '', dissents: [] },
    attendance: seats.map(({ name, employer, title }, index) => ({
      name,
      organisation: employer,
      position: title,
      mobile: rows[index].mobile_masked,
      isExpert: true,
      joinedAt: startedAt,
      leftAt: endedAt,
    })),
  }
}

const OPINIONS = [
  [
    'C1',
    96,
    '监测未设深层水平位移、支撑轴力、地下水位及燃气管竖向位移，应补齐测点图、频率、双控预警及撤离流程。',
    'GB 50497-2019',
  ],
  ['B1', 97, '监测频率应写明各工况。', 'GB 50497-2019 第 7.0.3 条'],
  ['A1', 148, '抗隆起验算地面荷载取值偏小，应按泵车、土方车工况重算。', 'JGJ 120-2012 第 4.2.4 条'],
  ['D1', 61, '补充马道收尾示意图。', '建办质〔2021〕48号'],
] as const

/** when: the leader has read the text over, worded the overview, and has it certified. */
export async function certified(
  review: ConcludedReview,
  overview = '地下三层，基坑开挖深度 13.8 m，排桩加两道混凝土内支撑。'
): Promise<string> {
  const leader = review.panel[0]!
  const path = `/api/reports/${review.reportId}`
  const { writing } = (await leader.get(path)).body
  const saved = await leader.put(`${path}/texts`, {
    overview,
    answers: writing.answers,
    revision: writing.revision,
  })
  if (saved.status !== 200) throw new Error(`texts: ${JSON.stringify(saved.body)}`)
  const done = await leader.post(`${path}/certify`, { revision: saved.body.revision })
  if (done.status !== 200) throw new Error(`certify: ${JSON.stringify(done.body)}`)
  return done.body.sha256
}
