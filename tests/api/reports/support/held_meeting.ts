import { randomUUID } from 'node:crypto'
import type pg from 'pg'

const OPINIONS = [
  [
    'C',
    96,
    '监测未设深层水平位移、支撑轴力、地下水位及燃气管竖向位移',
    '补齐测点图、频率、双控预警及撤离流程',
    'GB 50497-2019',
  ],
  ['B', 97, '监测频率不全', '写明各工况的监测频率', 'GB 50497-2019 第 7.0.3 条'],
  ['A', 148, '抗隆起验算地面荷载取值偏小', '按泵车、土方车工况重算', 'JGJ 120-2012 第 4.2.4 条'],
  ['D', 61, '马道收尾没有示意图', '补充马道收尾分层开挖示意图', '建办质〔2021〕48号'],
] as const
const ITEMS = [
  [
    'must_fix',
    96,
    '监测方案',
    '补充深层水平位移、支撑轴力、地下水位及燃气管竖向位移监测，明确测点、频率、双控预警值与撤离流程。',
    'GB 50497-2019',
    [0, 1],
  ],
  ['must_fix', 148, '计算书', '抗隆起验算按泵车、土方车工况重算。', 'JGJ 120-2012 第 4.2.4 条', [2]],
  ['advice', 61, '施工部署', '补充马道收尾分层开挖示意图。', '建办质〔2021〕48号', [3]],
] as const
const JUDGEMENTS = {
  complete: '方案内容基本完整，施工工艺可行；监测内容须补充。',
  calculations: '抗隆起验算的地面荷载取值偏小，须重算。',
  site: '按应修改完善的意见修改后，能够满足现场实际情况并确保施工安全。',
}

/** given: the meeting of a review as its rows stand after the conclusion; the meeting itself is tested elsewhere. */
export async function heldMeeting(
  sql: pg.Pool,
  given: { reviewId: string; planId: string; users: readonly string[] }
): Promise<void> {
  const { reviewId, planId, users } = given
  const [startedAt, endedAt] = [new Date(Date.now() - 3 * 3_600_000), new Date(Date.now() - 20 * 60_000)]
  const insert = async (table: string, row: Record<string, unknown>) => {
    const id = randomUUID()
    const all: Record<string, unknown> = { id, ...row }
    const names = Object.keys(all)
    const values = names.map((name) => (isJson(all[name]) ? JSON.stringify(all[name]) : all[name]))
    await sql.query(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
      values
    )
    return id
  }
  const { rows: versions } = await sql.query('SELECT id FROM plan_versions WHERE plan_id = $1', [planId])
  await insert('review_sessions', {
    review_id: reviewId,
    plan_id: planId,
    version_id: versions[0].id,
    mode: 'remote',
    place: '',
    phase: 'concluded',
    stage: 'signing',
    delivered_at: new Date(startedAt.getTime() - 3 * 86_400_000),
    started_at: startedAt,
    ended_at: endedAt,
    scribes: [],
    judgements: JUDGEMENTS,
    conclusion: 'REVISE',
    reasons: '',
    dissent: [],
    recording: 'finished',
  })
  const { rows: experts } = await sql.query(
    `SELECT e.*, u.name, o.name AS employer FROM experts e JOIN users u ON u.id = e.user_id
     JOIN expert_employments m ON m.expert_id = e.id AND m.until_day IS NULL JOIN organisations o ON o.id = m.organisation_id
     WHERE e.user_id = ANY($1)`,
    [users]
  )
  const seats = new Map<string, string>()
  for (const [index, userId] of users.entries()) {
    const expert = experts.find((one) => one.user_id === userId)
    const letter = 'ABCDEFGHIJ'[index]!
    const seatId = await insert('session_seats', {
      review_id: reviewId,
      letter,
      role: index === 0 ? 'leader' : 'expert',
      sits: true,
      expert_id: expert.id,
      user_id: userId,
      name: expert.name,
      employer: expert.employer,
      title: expert.title,
      position: expert.position,
      specialty: expert.specialties[0],
      certificate_no: expert.certificate_no,
      roster_no: expert.roster_no,
      complete_at: startedAt,
    })
    seats.set(letter, seatId)
    await insert('attendance_spans', {
      review_id: reviewId,
      user_id: userId,
      seat_id: seatId,
      role: index === 0 ? 'leader' : 'expert',
      name: expert.name,
      source: 'socket',
      connection: seatId,
      joined_at: startedAt,
      left_at: endedAt,
      last_seen_at: endedAt,
    })
    await insert('session_conclusion_votes', {
      review_id: reviewId,
      seat_id: seatId,
      conclusion: 'REVISE',
      at: endedAt,
    })
  }
  const opinions: string[] = []
  for (const [letter, page, finding, requirement, basis] of OPINIONS)
    opinions.push(
      await insert('session_opinions', {
        review_id: reviewId,
        seat_id: seats.get(letter),
        number: 1,
        label: `${letter}1`,
        page,
        place: '',
        finding,
        basis,
        requirement,
        kind: 'must_fix',
        state: 'FINAL',
        submitted_at: startedAt,
        revealed_at: startedAt,
      })
    )
  for (const [index, [kind, page, place, text, basis, sources]] of ITEMS.entries())
    await insert('session_items', {
      review_id: reviewId,
      position: index + 1,
      heading: '',
      kind,
      page,
      place,
      basis,
      sources: sources.map((at) => opinions[at]),
      settled_text: text,
      settled_revision: 1,
      text,
      revision: 1,
      doc: Buffer.alloc(0),
    })
  await sql.query("UPDATE reviews SET state = 'CONCLUDED', conclusion = 'REVISE' WHERE id = $1", [reviewId])
}

function isJson(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value)
}
