import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { newId } from '#core/ids'
import { sha256, toHex, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import type { EventData, EventType } from '#lib/room/events'
import type { OpinionFields, OpinionKind } from '#lib/room/words'
import { writeDemoTrack } from '#sessions/media/demo_media'
import { finaliseRecording } from '#sessions/media/finalise/finalise_recording'
import type { RecordingManifest } from '#sessions/media/finalise/manifest'
import { ROOT, type TestInstance } from '#tests/support/cluster'
import { signInHosts } from '#tests/support/draw_life'
import { decide, handedOver, openPlan } from '#tests/support/plan_life'

export const MEETING_MS = 720_000
const LETTERS = ['A', 'B', 'C', 'D', 'E'] as const
type Letter = (typeof LETTERS)[number]

interface Member {
  readonly seatId: string
  readonly userId: string
  readonly name: string
  readonly mobile: string
}

export interface RecordedMeeting {
  readonly reviewId: string
  readonly planId: string
  readonly zero: Date
  readonly members: Record<Letter, Member>
  readonly opinions: Record<string, string>
  readonly items: Record<string, string>
  /** Folder of the recording, null where none was made. */
  readonly folder: string | null
  readonly manifest: RecordingManifest | null
}

interface Options {
  readonly recording?: boolean
  readonly name?: string
  /** Letters whose camera was on; the others are heard alone. */
  readonly cameras?: readonly Letter[]
  /** A byte of one segment of C's camera is changed before the recording is finalised. */
  readonly altered?: boolean
}

/** given: a meeting of twelve minutes that has been held, concluded and recorded. */
export async function recordedMeeting(app: TestInstance, options: Options = {}): Promise<RecordedMeeting> {
  const { recording = true, cameras = ['A', 'B', 'C', 'D'], altered = false } = options
  const hosts = await signInHosts(app.url)
  const plan = await openPlan(hosts.organiser, undefined, options.name)
  const version = await handedOver(hosts.organiser, plan.id, { pagesPerChapter: 7 })
  await decide(hosts.head, plan.id, { kind: 'contractor', version })
  await decide(hosts.supervisor, plan.id, { kind: 'supervision', version })
  await hosts.organiser.post(`/api/plans/${plan.id}/submissions`, { fitsSite: true })

  const zero = new Date(Date.now() - 3_600_000)
  const members = await experts(app)
  const { rows: versions } = await app.sql.query(
    'SELECT id, page_count FROM plan_versions WHERE plan_id = $1',
    [plan.id]
  )
  const meeting = new Meeting(app, plan.reviewId, zero, members)
  await meeting.sit(plan.id, versions[0].id)
  await meeting.run({ versionId: versions[0].id, number: version, pages: versions[0].page_count })

  const folder = recording ? join(app.instance.environment.VAR_DIR!, 'recordings', plan.reviewId) : null
  const manifest = folder ? await record(folder, zero, members, cameras, altered) : null
  if (folder) await keep(app, plan.reviewId, folder, zero)
  return {
    reviewId: plan.reviewId,
    planId: plan.id,
    zero,
    members,
    opinions: meeting.opinions,
    items: meeting.items,
    folder,
    manifest,
  }
}

async function experts(app: TestInstance): Promise<Record<Letter, Member>> {
  const known = JSON.parse(readFileSync(join(ROOT, 'resources/demo/experts.json'), 'utf8')) as {
    name: string
    mobile: string
  }[]
  const { rows } = await app.sql.query(
    `SELECT u.id, u.name FROM users u JOIN memberships m ON m.user_id = u.id WHERE m.kind = 'expert' AND m.until_at IS NULL ORDER BY u.id`
  )
  const found = rows.flatMap(({ id, name }) => {
    const mobile = known.find((expert) => expert.name === name)?.mobile
    return mobile ? [{ userId: id as string, name: name as string, mobile }] : []
  })
  return Object.fromEntries(
    LETTERS.map((letter, index) => [letter, { seatId: newId(), ...found[index]! }])
  ) as Record<Letter, Member>
}

/** What was said and done, each at its second. */
class Meeting {
  readonly opinions: Record<string, string> = {}
  readonly items: Record<string, string> = {}
  #seq = 0
  #last = { room: 0, panel: 0 }

  constructor(
    readonly app: TestInstance,
    readonly reviewId: string,
    readonly zero: Date,
    readonly members: Record<Letter, Member>
  ) {}

  async sit(planId: string, versionId: string): Promise<void> {
    const { sql } = this.app
    await sql.query(
      `INSERT INTO review_sessions (id, review_id, plan_id, version_id, mode, place, phase, stage, delivered_at, scheduled_at,
         started_at, ended_at, revealed_at, scribes, judgements, conclusion, reasons, recording)
       VALUES ($1, $2, $3, $4, 'remote', '', 'ended', 'signing', $5, $5, $5, $6, $5, '[]', '{}', 'REVISE', '', 'off')`,
      [newId(), this.reviewId, planId, versionId, this.zero, new Date(this.zero.getTime() + MEETING_MS)]
    )
    for (const letter of LETTERS) {
      const { seatId, userId, name } = this.members[letter]
      await sql.query(
        `INSERT INTO session_seats (id, review_id, letter, role, sits, expert_id, user_id, name, employer, title, position,
           specialty, certificate_no, roster_no) VALUES ($1, $2, $3, $4, true, $5, $6, $7, '', '', '', '', '', '')`,
        [seatId, this.reviewId, letter, letter === 'A' ? 'leader' : 'expert', newId(), userId, name]
      )
    }
  }

  async say<T extends EventType>(
    seconds: number,
    channel: 'room' | 'panel',
    by: Letter | null,
    type: T,
    data: EventData[T]
  ): Promise<void> {
    const wall = this.zero.getTime() + Math.round(seconds * 1000)
    this.#seq += 1
    this.#last[channel] += 1
    await this.app.sql.query(
      `INSERT INTO room_operations (id, review_id, seq, channel, channel_seq, op_id, op_index, type, data, by_user_id, at, wall)
       VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10, $11)`,
      [
        newId(),
        this.reviewId,
        this.#seq,
        channel,
        this.#last[channel],
        newId(),
        type,
        JSON.stringify(data),
        by && this.members[by].userId,
        new Date(wall),
        wall,
      ]
    )
  }

  async run(version: { versionId: string; number: number; pages: number }): Promise<void> {
    const { members } = this
    const seats = LETTERS.map((letter) => ({
      seatId: members[letter].seatId,
      letter,
      userId: members[letter].userId,
      name: members[letter].name,
      role: letter === 'A' ? ('leader' as const) : ('expert' as const),
      sits: true,
    }))
    const { rows } = await this.app.sql.query(`SELECT id, name FROM users WHERE name = '覃丽娟'`)
    const host = {
      userId: rows[0].id as string,
      name: rows[0].name as string,
      role: 'host' as const,
      letter: null,
      organisation: '岭秀建工集团有限公司',
    }
    await this.say(-30, 'room', null, 'person.joined', host)
    for (const [index, letter] of LETTERS.entries()) {
      const { userId, name } = members[letter]
      const role = letter === 'A' ? ('leader' as const) : ('expert' as const)
      await this.say(-25 + index * 4, 'room', null, 'person.joined', {
        userId,
        name,
        role,
        letter,
        organisation: null,
      })
    }
    await this.say(0, 'room', null, 'recording.changed', { state: 'recording' })
    await this.say(0, 'room', 'A', 'meeting.opened', {
      seats,
      versions: [version],
      versionId: version.versionId,
      presenter: host.userId,
      required: [],
    })
    await this.say(0, 'room', 'A', 'phase.changed', {
      phase: 'in_session',
      stage: 'sign_in',
      because: 'host',
      reason: null,
    })
    await this.#reveal(1)
    await this.say(45, 'room', 'A', 'stage.changed', { stage: 'presentation' })
    for (const [seconds, page] of [
      [50, 2],
      [75, 9],
      [100, 23],
      [130, 31],
    ] as const)
      await this.say(seconds, 'room', null, 'page.turned', { versionId: version.versionId, page })
    await this.say(180, 'room', 'A', 'stage.changed', { stage: 'questions' })
    await this.say(182, 'room', 'A', 'presenter.changed', { userId: members.B.userId })
    await this.say(190, 'room', 'B', 'page.turned', { versionId: version.versionId, page: 58 })
    await this.say(205, 'room', 'C', 'hand.raised', { userId: members.C.userId })
    await this.say(215, 'room', 'C', 'chat.said', {
      messageId: newId(),
      userId: members.C.userId,
      name: members.C.name,
      letter: 'C',
      text: '请看第 59 页表 4-12。',
    })
    await this.say(220, 'room', 'C', 'hand.lowered', { userId: members.C.userId })
    await this.say(300, 'room', null, 'person.left', { userId: members.D.userId })
    await this.say(301, 'room', null, 'phase.changed', {
      phase: 'paused',
      stage: 'questions',
      because: 'quorum',
      reason: null,
    })
    await this.say(329, 'room', null, 'person.joined', {
      userId: members.D.userId,
      name: members.D.name,
      role: 'expert',
      letter: 'D',
      organisation: null,
    })
    await this.say(330, 'room', null, 'phase.changed', {
      phase: 'in_session',
      stage: 'questions',
      because: 'leader',
      reason: null,
    })
    await this.#opinion(372.4, 'E2', 'must_fix', 47, '降水设计', '降水设计无涌水量计算，应补观测井及回灌预案')
    await this.say(400, 'room', 'A', 'phase.changed', {
      phase: 'deliberation',
      stage: 'deliberation',
      because: 'leader',
      reason: null,
    })
    await this.say(402, 'panel', 'A', 'page.turned', { versionId: version.versionId, page: 58 })
    await this.#item(
      430,
      '3',
      ['B1', 'D1'],
      'severe_defect',
      58,
      '4.6.3 支撑拆除',
      '未明确支撑拆除条件及拆撑顺序'
    )
    await this.say(461, 'panel', 'C', 'item.voted', {
      itemId: this.items['3']!,
      seatId: members.C.seatId,
      vote: 'object',
      reason: '第 59 页表 4-12 有拆除次序，属不完整，不是没有。',
      revision: 1,
    })
    await this.say(488.5, 'panel', 'B', 'defect.withdrawn', {
      opinionId: this.opinions.B1!,
      page: 59,
      reason: '表 4-12 有拆除次序',
    })
    await this.say(489, 'panel', 'B', 'defect.settled', { opinionId: this.opinions.B1!, kind: 'must_fix' })
    await this.say(500, 'panel', 'A', 'item.sources', {
      itemId: this.items['3']!,
      opinionIds: [this.opinions.B1!, this.opinions.D1!],
      kind: 'must_fix',
      defect: null,
    })
    for (const [index, letter] of LETTERS.entries())
      await this.say(510 + index * 4, 'panel', letter, 'item.voted', {
        itemId: this.items['3']!,
        seatId: members[letter].seatId,
        vote: 'confirm',
        reason: null,
        revision: 2,
      })
    await this.#item(545, '4', ['E2', 'E1'], 'must_fix', 47, '降水设计', '补充涌水量计算、观测井及回灌预案')
    for (const [index, letter] of LETTERS.entries())
      await this.say(556 + index * 3, 'panel', letter, 'item.voted', {
        itemId: this.items['4']!,
        seatId: members[letter].seatId,
        vote: 'confirm',
        reason: null,
        revision: 1,
      })
    await this.say(580, 'panel', 'A', 'opinion.left_out', {
      opinionId: this.opinions.A1!,
      reason: '与第 4 项重复',
    })
    await this.say(600, 'panel', 'A', 'conclusion.proposed', { conclusion: 'REVISE', reasons: '' })
    for (const [index, letter] of LETTERS.entries())
      await this.say(610 + index * 3, 'panel', letter, 'conclusion.voted', {
        seatId: members[letter].seatId,
        conclusion: 'REVISE',
        reason: null,
      })
    await this.say(640, 'panel', null, 'conclusion.fixed', { conclusion: 'REVISE', reasons: '', dissent: [] })
    await this.say(650, 'room', 'A', 'phase.changed', {
      phase: 'read_out',
      stage: 'read_out',
      because: 'leader',
      reason: null,
    })
    await this.say(700, 'room', 'A', 'phase.changed', {
      phase: 'concluded',
      stage: 'signing',
      because: 'leader',
      reason: null,
    })
    await this.say(719, 'room', null, 'recording.changed', { state: 'off' })
    for (let second = 191; second < 300; second++)
      await this.app.sql.query('INSERT INTO room_pointer_samples VALUES ($1, $2, $3, $4, 58, $5, $6)', [
        this.reviewId,
        this.zero.getTime() + second * 1000,
        members.B.userId,
        version.versionId,
        0.2 + (second % 50) / 100,
        0.6,
      ])
  }

  async #reveal(seconds: number): Promise<void> {
    await this.#opinion(seconds, 'A1', 'must_fix', 46, '降水设计', '降水井间距与水位降深不对应')
    await this.#opinion(
      seconds,
      'B1',
      'severe_defect',
      58,
      '4.6.3 支撑拆除',
      '未明确支撑拆除条件及拆撑顺序',
      '二.5'
    )
    await this.#opinion(
      seconds,
      'C1',
      'must_fix',
      36,
      '监测',
      '监测未设深层水平位移及预警值，应补齐测点图、频率、双控预警及撤离流程'
    )
    await this.#opinion(seconds, 'D1', 'must_fix', 58, '4.6.3 支撑拆除', '换撑节点详图缺失')
    await this.#opinion(seconds, 'E1', 'advice', 47, '降水设计', '宜说明观测井的保护')
  }

  async #opinion(
    seconds: number,
    label: string,
    kind: OpinionKind,
    page: number,
    place: string,
    finding: string,
    defect: string | null = null
  ) {
    const opinionId = newId()
    const letter = label[0] as Letter
    this.opinions[label] = opinionId
    const region = { x: 0.12, y: label === 'B1' ? 0.52 : 0.3, w: 0.72, h: 0.14 }
    const fields: OpinionFields = {
      page,
      region,
      place,
      finding,
      basis: 'JGJ 120-2012 第4.1.2条',
      requirement: '应补充',
      kind,
      defect,
      chapter: null,
    }
    const at = new Date(this.zero.getTime() + seconds * 1000)
    const { seatId } = this.members[letter]
    await this.say(seconds, 'panel', letter, 'opinion.revealed', {
      opinionId,
      seatId,
      label,
      fields,
      submittedAt: at.toISOString(),
    })
    await this.app.sql.query(
      `INSERT INTO session_opinions (id, review_id, seat_id, number, label, page, region, place, finding, basis, requirement, kind, defect, state, submitted_at, revealed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'FINAL', $14, $14)`,
      [
        opinionId,
        this.reviewId,
        seatId,
        Number(label.slice(1)),
        label,
        page,
        JSON.stringify(region),
        place,
        finding,
        fields.basis,
        fields.requirement,
        kind,
        defect,
        at,
      ]
    )
  }

  async #item(
    seconds: number,
    name: string,
    labels: string[],
    kind: OpinionKind,
    page: number,
    place: string,
    text: string
  ) {
    const itemId = newId()
    this.items[name] = itemId
    const position = Object.keys(this.items).length
    const opinionIds = labels.map((label) => this.opinions[label]!)
    const fields = { heading: place, kind, page, place, basis: 'JGJ 120-2012 第4.1.2条', chapter: null }
    const defect = kind === 'severe_defect' ? '二.5' : null
    await this.say(seconds, 'panel', 'A', 'item.created', {
      itemId,
      position,
      fields,
      defect,
      text,
      doc: '',
      opinionIds,
    })
    await this.app.sql.query(
      `INSERT INTO session_items (id, review_id, position, heading, kind, page, place, basis, defect, sources, text, revision, doc)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, '')`,
      [
        itemId,
        this.reviewId,
        position,
        place,
        kind,
        page,
        place,
        fields.basis,
        defect,
        JSON.stringify(opinionIds),
        text,
      ]
    )
  }
}

/** As the recording is listed when it ends. */
async function keep(app: TestInstance, reviewId: string, folder: string, zero: Date): Promise<void> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile()
  )
  const files = entries
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => {
      const bytes = readFileSync(path)
      return { path: relative(folder, path), size: bytes.length, sha256: toHex(sha256(bytes)) }
    })
  const digest = toHex(sha256(utf8(canonicalJson(files))))
  const ended = new Date(zero.getTime() + MEETING_MS)
  await app.sql.query(
    `INSERT INTO session_recordings (id, review_id, folder, started_at, finished_at, kept_until, files, files_sha256)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      newId(),
      reviewId,
      join('recordings', reviewId),
      zero,
      ended,
      new Date(zero.getTime() + 5 * 365 * 86_400_000),
      JSON.stringify(files),
      digest,
    ]
  )
}

async function record(
  folder: string,
  zero: Date,
  members: Record<Letter, Member>,
  cameras: readonly Letter[],
  altered: boolean
) {
  mkdirSync(folder, { recursive: true })
  for (const [figure, letter] of LETTERS.entries()) {
    const { userId: identity, name } = members[letter]
    const own = { recordingFolder: folder, identity, name, figure }
    const stretch = (source: 'camera' | 'microphone', fromMs: number, toMs: number) =>
      writeDemoTrack(ROOT, {
        ...own,
        source,
        startedAt: new Date(zero.getTime() + fromMs),
        durationMs: toMs - fromMs,
      })
    await stretch('microphone', 0, MEETING_MS)
    if (!cameras.includes(letter)) continue
    if (letter !== 'D') await stretch('camera', 0, MEETING_MS)
    else {
      await stretch('camera', 0, 300_000)
      await stretch('camera', 330_000, MEETING_MS)
    }
  }
  if (altered) changeSegment(folder, members.C.userId)
  return finaliseRecording(folder, zero)
}

/** A byte in the middle of the 31st segment of somebody's camera. */
function changeSegment(folder: string, userId: string): void {
  const take = readdirSync(folder).find((name) => name.includes(userId) && name.includes('camera'))!
  const segment = join(
    folder,
    take,
    readdirSync(join(folder, take))
      .filter((name) => name.endsWith('.webm'))
      .sort()[30]!
  )
  const bytes = readFileSync(segment)
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(segment, bytes)
}
