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
  await seedReviews(demo)
}

/**
 * One review whose panel is confirmed, one whose invitations are out, the rest still to be drawn. Caps by
 * employer alone do not make sure that every ten can form a panel, so the next plan is drawn if one can't.
 */
async function seedReviews(demo: Demo): Promise<void> {
  const waiting = ['wuxianghu-a07', 'yancong-chaichu', 'gangwugai-tisheng']
  let panel = false
  let inviting = false
  for (const key of waiting) {
    const plan = await seedPlan(demo, key, 'submitted')
    if (panel && inviting) continue
    const draw = await drawnFor(plan)
    if (!panel && draw.default_panel) {
      await confirm(plan, draw, await invite(plan, draw.id, 10, 0))
      panel = true
    } else {
      await invite(plan, draw.id, 6, 1)
      inviting = true
    }
  }
}

async function drawnFor({ reviewId, organiser }: SeededPlan) {
  must('draw', await startDraw(organiser, reviewId))
  await workOffDraws()
  const draw = await drawOfReview(reviewId)
  if (draw?.status !== 'completed') throw new Error('Demo: the draw did not complete; does the witness run?')
  return draw
}

/** Invites all ten to a meeting in a week, and lets the first `accepting` of them accept. */
async function invite({ organiser }: SeededPlan, drawId: string, accepting: number, shown: number) {
  const seats = await db
    .from('draw_seats')
    .where('draw_id', drawId)
    .orderBy('seat')
    .select('id', 'user_id', 'seat', 'is_main')
  const at = new Date(Math.ceil((businessNow().getTime() + 7 * DAY) / 1_800_000) * 1_800_000)
  const meeting = { at, mode: 'remote' as const, place: '' }
  must('invitation', await inviteExperts(organiser, { drawId, seatIds: seats.map(({ id }) => id), meeting }))
  for (const seat of seats.slice(0, accepting)) {
    const expert = await actingAsUser(seat.user_id, 'expert')
    const answer = {
      seatId: seat.id,
      answer: 'accept' as const,
      reasonCode: null,
      reason: '',
      by: 'session' as const,
    }
    must('answer', await answerInvitation(expert, answer))
  }
  for (const [index, seat] of seats.slice(accepting, accepting + shown).entries())
    await show(seat.user_id, 60 + index)
  return seats
}

/** The panel that the rules find first, with two alternates. */
async function confirm(
  { organiser }: SeededPlan,
  draw: { id: string; default_panel: number[] | null },
  seats: { id: string; user_id: string; seat: number; is_main: boolean }[]
): Promise<void> {
  const members = seats.filter(({ seat }) => draw.default_panel!.includes(seat))
  const leader = members.find((seat) => seat.is_main)!
  const alternates = seats.filter((seat) => !members.includes(seat)).slice(0, 2)
  const ids = (chosen: typeof seats) => chosen.map(({ id }) => id)
  must(
    'panel',
    await confirmPanel(organiser, draw.id, {
      members: ids(members),
      leader: leader.id,
      alternates: ids(alternates),
    })
  )
  await show(leader.user_id, 50)
  await show(members.find((seat) => seat !== leader)!.user_id, 51)
}

/** Somebody with something to do stands on the sign-ins page before those without. */
async function show(userId: string, position: number): Promise<void> {
  await db.transaction((trx) => showOnSignInsPage(trx, userId, position))
}
