import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { putBlob } from '#core/files/blob_store'
import { newId } from '#core/ids'
import { regulation } from '#core/jurisdiction'
import type { Operation, OperationPayloads, OperationType } from '#lib/room/operations'
import { panelOf } from '#draw/public'
import {
  acknowledgePlan,
  closeSpan,
  giveConsent,
  openSpan,
  performOperation,
  settleRoom,
  signInToMeeting,
} from '#sessions/public'
import { actingAsUser } from '#demo/acting_as'
import type { DemoClock } from '#demo/demo_clock'
import { demoPhoto } from '#demo/demo_photo'
import type { SeededPlan } from '#demo/seed_plan'
import type { Demo, DemoMeeting } from '../../resources/demo/load_demo.js'

type DemoOpinion = DemoMeeting['opinions'][number]

interface Member {
  readonly letter: string
  readonly actor: Actor
  readonly seatId: string
}

/** The panel in the room, driven by the same operations as the pages send. */
export interface SeededMeeting {
  readonly reviewId: string
  readonly plan: SeededPlan
  readonly meeting: DemoMeeting
  /** By letter, the leader first. */
  readonly members: readonly Member[]
  readonly alternates: readonly Member[]
}

export async function meetingOf(demo: Demo, plan: SeededPlan): Promise<SeededMeeting> {
  const seats = (await panelOf(plan.reviewId)) ?? []
  const seated = await Promise.all(
    seats.map(async ({ letter, seatId, userId, role }) => {
      return { letter: letter!, seatId, role, actor: await actingAsUser(userId, 'expert') }
    })
  )
  seated.sort((a, b) => a.letter.localeCompare(b.letter))
  const meeting = demo.meetings.find((one) => one.plan === plan.plan.key)
  if (!meeting) throw new Error(`No demo opinions for ${plan.plan.key}`)
  return {
    reviewId: plan.reviewId,
    plan,
    meeting,
    members: seated.filter(({ role }) => role !== 'alternate'),
    alternates: seated.filter(({ role }) => role === 'alternate'),
  }
}

/** PLAN-6: everybody opens the plan, writes what they found, and hands it in. */
export async function handInOpinions(held: SeededMeeting): Promise<void> {
  for (const member of [...held.members, ...held.alternates]) {
    await acknowledgePlan(member.actor, held.reviewId)
    const own = held.meeting.opinions.filter(({ author }) => author === member.letter)
    const opinionIds: string[] = []
    for (const opinion of own) {
      const opinionId = newId()
      await perform(member.actor, held, 'opinion.save', { opinionId, fields: fieldsOf(opinion) })
      opinionIds.push(opinionId)
    }
    const nothingBecause = own.length === 0 ? '与其他专家专业相同，未发现其他问题' : undefined
    await perform(member.actor, held, 'opinion.submit', { opinionIds, nothingBecause })
  }
}

/** MEET-8, from the sign-in to the conclusion. `signedIn`: with photographs, as the filing needs them (REP-5). */
export async function holdMeeting(
  demo: Demo,
  held: SeededMeeting,
  clock: DemoClock,
  options: { photographs: boolean }
): Promise<void> {
  const leader = held.members[0]!.actor
  const spans = await everybodyComes(held, options.photographs)
  await clock.pass(3)
  await perform(leader, held, 'meeting.open', {})
  await checkAttendance(demo, held)
  for (const stage of ['introduction', 'presentation', 'questions'] as const) {
    await perform(leader, held, 'stage.set', { stage })
    await clock.pass(12)
  }
  await perform(leader, held, 'meeting.deliberate', {})
  await clock.pass(5)
  await mergeAll(held)
  await answerDefects(held)
  await clock.pass(20)
  await agree(held)
  await perform(leader, held, 'meeting.read_out', {})
  await clock.pass(4)
  await perform(leader, held, 'stage.set', { stage: 'answers' })
  await clock.pass(6)
  await perform(leader, held, 'meeting.conclude', {})
  await clock.pass(2)
  for (const span of spans) await closeSpan(span, businessNow())
}

async function everybodyComes(held: SeededMeeting, photographs: boolean): Promise<string[]> {
  const { reviewId, plan } = held
  const spans: string[] = []
  const come = async (actor: Actor, role: string, seatId: string | null) => {
    await giveConsent(actor, reviewId, true)
    const photo = photographs ? await putBlob(demoPhoto(spans.length)) : null
    await signInToMeeting(actor, reviewId, photo)
    const person = {
      userId: actor.userId,
      name: actor.name,
      role,
      seatId,
      organisation: await employerOf(actor),
    }
    const at = businessNow()
    spans.push(await openSpan({ reviewId, person, source: 'socket', connection: newId(), at }))
  }
  for (const [index, { actor, seatId }] of held.members.entries())
    await come(actor, index === 0 ? 'leader' : 'expert', seatId)
  await come(plan.organiser, 'host', null)
  await settleRoom(reviewId)
  return spans
}

async function employerOf(actor: Actor): Promise<string | null> {
  if (!actor.organisationId) return null
  const row = await db.from('organisations').where('id', actor.organisationId).first()
  return row?.name ?? null
}

/** MEET-2: whom the regulation wants, by name; who has no demo person is absent, and the leader goes on. */
async function checkAttendance(demo: Demo, held: SeededMeeting): Promise<void> {
  const { parties } = held.plan.plan
  const firms = new Set(Object.values(parties).filter((firm) => firm !== null))
  for (const { code, party } of (await regulation()).attendees) {
    if (!parties[party as keyof typeof parties]) continue
    const person = demo.people.find((one) => one.attends_as.includes(code) && firms.has(one.organisation))
    if (person)
      await perform(held.plan.organiser, held, 'attendee.check', { code, name: person.name, delegate: false })
    else
      await perform(held.members[0]!.actor, held, 'attendee.waive', {
        code,
        reason: '因公出差，由同单位人员代为回答',
      })
  }
}

/** CONC-4: each opinion stands alone as an item of the panel's opinion. */
async function mergeAll(held: SeededMeeting): Promise<void> {
  const leader = held.members[0]!.actor
  const opinions = await db
    .from('session_opinions')
    .where('review_id', held.reviewId)
    .orderBy('label')
    .select('id', 'place')
  for (const { id, place } of opinions)
    await perform(leader, held, 'item.create', { itemId: newId(), opinionIds: [id], heading: place })
  for (const [question, text] of Object.entries(JUDGEMENTS[held.meeting.conclusion]))
    await perform(leader, held, 'judgement.set', { question: question as keyof Judgements, text })
}

/** CONC-3: who raised a defect withdraws it where a page answers it. */
async function answerDefects(held: SeededMeeting): Promise<void> {
  for (const opinion of held.meeting.opinions) {
    if (!opinion.answered_by) continue
    const author = held.members.find(({ letter }) => letter === opinion.author)!
    const raised = await db
      .from('session_opinions')
      .where({ review_id: held.reviewId, seat_id: author.seatId, kind: 'severe_defect' })
      .firstOrFail()
    const { becomes, reason } = opinion.answered_by
    const page = pageOf(opinion) + 1
    await perform(author.actor, held, 'defect.withdraw', {
      opinionId: raised.id,
      to: becomes,
      page,
      reason: reason.replace(/第 \d+ 页/, `第 ${page} 页`),
    })
  }
}

/** CONC-1, CONC-5: every member confirms each item as it reads, and says the conclusion. */
async function agree(held: SeededMeeting): Promise<void> {
  const { conclusion } = held.meeting
  const items = await db.from('session_items').where('review_id', held.reviewId).select('id', 'revision')
  for (const { actor } of held.members)
    for (const { id, revision } of items) await perform(actor, held, 'item.confirm', { itemId: id, revision })
  const reasons = conclusion === 'FAIL' ? FAIL_REASONS : ''
  await perform(held.members[0]!.actor, held, 'conclusion.propose', { conclusion, reasons })
  for (const { actor } of held.members) await perform(actor, held, 'conclusion.vote', { conclusion })
}

async function perform<T extends OperationType>(
  actor: Actor,
  { reviewId }: { reviewId: string },
  type: T,
  payload: OperationPayloads[T]
): Promise<void> {
  const operation: Operation<T> = { opId: newId(), reviewId, type, payload }
  const done = await performOperation(actor, operation as Operation)
  if (!done.ok) throw new Error(`Demo, ${type} of ${actor.name}: ${JSON.stringify(done.error)}`)
}

function fieldsOf(opinion: DemoOpinion) {
  const { kind, place, basis, requirement } = opinion
  return {
    page: pageOf(opinion),
    region: { x: 0.12, y: 0.24, w: 0.7, h: 0.12 },
    place,
    finding: opinion.finding ?? '',
    basis,
    requirement,
    kind,
    defect: opinion.defect_item,
    chapter: null,
  }
}

/** The plans of the demonstration are shorter than those that the opinions were written on. */
function pageOf({ place }: DemoOpinion): number {
  if (place.includes('计算')) return 18
  if (place.includes('监测')) return 10
  return place.includes('应急') ? 16 : 8
}

interface Judgements {
  complete: string
  calculations: string
  site: string
}

const FAIL_REASONS = '独立架体无稳定构造，属严重缺陷，须补充构造措施并重新验算后再次论证。'

const JUDGEMENTS: Readonly<Record<DemoMeeting['conclusion'], Judgements>> = {
  PASS: {
    complete: '方案内容完整，施工工艺可行。',
    calculations: '计算书和验算依据、施工图符合有关标准规范。',
    site: '方案与现场相符，能够确保施工安全。',
  },
  REVISE: {
    complete: '方案内容基本完整，施工工艺可行，降水、监测和管线保护须补充。',
    calculations: '计算书基本符合标准，抗隆起验算须按施工荷载重算。',
    site: '方案与现场相符，按意见修改后能够确保施工安全。',
  },
  FAIL: {
    complete: '方案缺少独立架体的稳定构造和浇筑顺序，不完整。',
    calculations: '正文与计算书钢管规格不一致，支撑架基础未验算，不符合有关标准。',
    site: '现有措施不能确保施工安全。',
  },
}
