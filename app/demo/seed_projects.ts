import db from '@adonisjs/lucid/services/db'
import {
  answerInvitation,
  confirmPanel,
  drawOfReview,
  inviteExperts,
  startDraw,
  workOffDraws,
} from '#draw/public'
import { actingAsUser, must } from '#demo/acting_as'
import { seedPlan, type SeededPlan } from '#demo/seed_plan'
import { showOnSignInsPage } from '#demo/seed_people'
import { businessNow } from '#core/clock/business_clock'
import type { Demo } from '../../resources/demo/load_demo.js'

const DAY = 86_400_000

/** Projects at the points where somebody has something to do. Needs the witness, as every draw does. */
export async function seedProjects(demo: Demo): Promise<void> {
  await seedPlan(demo, 'xuantiao-200', 'draft')
  await seedPlan(demo, 'wakong-160', 'draft')
  await seedPlan(demo, 'wenti-gaozhimo', 'handed_over')
  await seedPlan(demo, 'huancheng-dingguan', 'contractor_reviewed')
  await seedPlan(demo, 'taji-anzhuang', 'reviewed')
  await seedPlan(demo, 'gangwugai-tisheng', 'submitted')
  await invited(await seedPlan(demo, 'yancong-chaichu', 'submitted'), 6, 1)
  await withPanel(await seedPlan(demo, 'wuxianghu-a07', 'submitted'))
}

/** Draws, invites all ten to a meeting in a week, and lets the first `accepting` of them accept. */
async function invited(
  { reviewId, organiser }: SeededPlan,
  accepting: number,
  shown: number
): Promise<string> {
  const started = must('draw', await startDraw(organiser, reviewId))
  await workOffDraws()
  const draw = await drawOfReview(reviewId)
  if (draw?.status !== 'completed') throw new Error('Demo: the draw did not complete; does the witness run?')
  const seats = await db
    .from('draw_seats')
    .where('draw_id', started.id)
    .orderBy('seat')
    .select('id', 'user_id')
  const at = new Date(Math.ceil((businessNow().getTime() + 7 * DAY) / 1_800_000) * 1_800_000)
  must(
    'invitation',
    await inviteExperts(organiser, {
      drawId: started.id,
      seatIds: seats.map(({ id }) => id),
      meeting: { at, mode: 'remote', place: '' },
    })
  )
  for (const seat of seats.slice(0, accepting)) {
    const expert = await actingAsUser(seat.user_id, 'expert')
    must(
      'answer',
      await answerInvitation(expert, {
        seatId: seat.id,
        answer: 'accept',
        reasonCode: null,
        reason: '',
        by: 'session',
      })
    )
  }
  for (const [index, seat] of seats.slice(accepting, accepting + shown).entries())
    await show(seat.user_id, 60 + index)
  return started.id
}

/** The panel that the rules find first: the default five where they may sit, and two alternates. */
async function withPanel(plan: SeededPlan): Promise<void> {
  const drawId = await invited(plan, 10, 0)
  const seats = await db
    .from('draw_seats')
    .where('draw_id', drawId)
    .orderBy('seat')
    .select('id', 'user_id', 'seat', 'is_main')
  const draw = await db.from('draws').where('id', drawId).firstOrFail()
  if (!draw.default_panel) throw new Error('Demo: the ten can make no panel by default')
  const members = seats.filter(({ seat }) => draw.default_panel.includes(seat))
  const leader = members.find((seat) => seat.is_main)!
  const alternates = seats.filter((seat) => !members.includes(seat)).slice(0, 2)
  must(
    'panel',
    await confirmPanel(plan.organiser, drawId, {
      members: members.map(({ id }) => id),
      leader: leader.id,
      alternates: alternates.map(({ id }) => id),
    })
  )
  const [first] = members.filter((seat) => seat !== leader)
  await show(leader.user_id, 50)
  await show(first!.user_id, 51)
}

/** Somebody with something to do stands on the sign-ins page before those without. */
async function show(userId: string, position: number): Promise<void> {
  await db.transaction((trx) => showOnSignInsPage(trx, userId, position))
}
