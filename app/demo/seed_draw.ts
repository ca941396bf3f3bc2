import db from '@adonisjs/lucid/services/db'
import {
  answerInvitation,
  answerNearPlan,
  confirmPanel,
  drawOfReview,
  inviteExperts,
  startDraw,
  workOffDraws,
} from '#draw/public'
import { actingAs, actingAsUser, must } from '#demo/acting_as'
import type { SeededPlan } from '#demo/seed_plan'

/** Enough accept for a panel to be possible, and there is still somebody who has not answered. */
const ACCEPTING = 6
const ALTERNATES = 2

/** At level L3 a round is out after a minute. */
const BEACON_WAIT_MS = 150_000

interface Seat {
  id: string
  user_id: string
  seat: number
  is_main: boolean
}

export interface SeededDraw {
  readonly id: string
  /** Seats of the panel that the rules find first; null where the ten can't make one. */
  readonly panel: readonly number[] | null
}

const CENTRE_MOBILE = '19900000008'

/** DRAW-6: another part of the same works looks like a plan submitted again; the centre has found that it is none. */
export async function seedOwnPlan({ id }: SeededPlan): Promise<void> {
  const centre = await actingAs(CENTRE_MOBILE, 'centre')
  const reason = '同一项目的另一分区，支护图和计算书各自独立'
  for (const row of await db.from('near_plans').where({ plan_id: id, state: 'open' }))
    must('near plan', await answerNearPlan(centre, { id: row.id, same: false, reason }))
}

/** The draw of one review, with the witness. */
export async function seedDraw({ reviewId, organiser }: SeededPlan): Promise<SeededDraw> {
  must('draw', await startDraw(organiser, reviewId))
  for (const until = Date.now() + BEACON_WAIT_MS; ;) {
    await workOffDraws()
    const draw = await drawOfReview(reviewId)
    if (draw?.status === 'completed') return { id: draw.id, panel: draw.default_panel }
    if (draw?.status !== 'awaiting_beacon')
      throw new Error('Demo: the draw did not complete; does the witness run?')
    if (Date.now() > until) throw new Error('Demo: no address in DRAND_URLS has the round of the draw')
    await new Promise((done) => setTimeout(done, 1000))
  }
}

/** All ten are invited, and some of them have accepted. */
export async function seedInvitations(plan: SeededPlan, draw: SeededDraw, meetingAt: Date): Promise<void> {
  const seats = await invite(plan, draw, meetingAt)
  for (const seat of seats.slice(0, ACCEPTING)) await accept(seat)
}

/** The panel that the rules find first, with its alternates, once all ten have accepted. */
export async function seedPanel(plan: SeededPlan, draw: SeededDraw, meetingAt: Date): Promise<void> {
  const seats = await invite(plan, draw, meetingAt)
  const members = seats.filter(({ seat }) => draw.panel!.includes(seat))
  const alternates = seats.filter((seat) => !members.includes(seat)).slice(0, ALTERNATES)
  const leader = members.find((seat) => seat.is_main)!
  for (const seat of seats) await accept(seat)
  const ids = (chosen: Seat[]) => chosen.map(({ id }) => id)
  const choice = { members: ids(members), leader: leader.id, alternates: ids(alternates) }
  must('panel', await confirmPanel(plan.organiser, draw.id, choice))
}

async function invite({ organiser }: SeededPlan, draw: SeededDraw, at: Date): Promise<Seat[]> {
  const seats: Seat[] = await db
    .from('draw_seats')
    .where('draw_id', draw.id)
    .orderBy('seat')
    .select('id', 'user_id', 'seat', 'is_main')
  const meeting = { at, mode: 'remote' as const, place: '' }
  const seatIds = seats.map(({ id }) => id)
  must('invitation', await inviteExperts(organiser, { drawId: draw.id, seatIds, meeting }))
  return seats
}

async function accept(seat: Seat): Promise<void> {
  const expert = await actingAsUser(seat.user_id, 'expert')
  const answer = { answer: 'accept' as const, reasonCode: null, reason: '', by: 'session' as const }
  must('answer', await answerInvitation(expert, { seatId: seat.id, ...answer }))
}
