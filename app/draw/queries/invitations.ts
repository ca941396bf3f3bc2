import db from '@adonisjs/lucid/services/db'
import { chanceOf, chancesOf } from '#lib/draw/chances'
import { regulation } from '#core/jurisdiction'
import { reviewById } from '#reviews/public'
import type { DrawRow, SeatRow } from '#draw/models/draw'
import { planFacts } from '#draw/plan_facts'
import { callViews } from '#draw/queries/call_outs'
import { looksAtContact } from '#draw/queries/looks_at_contact'
import { drawVocabulary } from '#draw/queries/vocabulary'
import { departuresOf, drawById, poolOf } from '#draw/queries/draws'

/** Places whose holder has been asked, newest first; who left sees their own place and nothing of others. */
export async function invitationsOf(userId: string) {
  const rows = await db
    .from('draw_seats')
    .join('draws', 'draws.id', 'draw_seats.draw_id')
    .where('draw_seats.user_id', userId)
    .whereNotNull('draw_seats.invited_at')
    .orderBy('draw_seats.invited_at', 'desc')
    .select('draw_seats.*', 'draws.plan_id', 'draws.meeting_at', 'draws.meeting_mode', 'draws.number')
  return Promise.all(
    rows.map(async (row) => {
      const plan = await planFacts(row.plan_id)
      return {
        seatId: row.id as string,
        number: row.number as string,
        planName: plan.name,
        projectName: plan.projectName,
        meetingAt: (row.meeting_at?.toISOString() ?? null) as string | null,
        mode: row.meeting_mode as string | null,
        state: (row.left_as ?? row.state) as string,
        invitedAt: row.invited_at.toISOString() as string,
        answerDueAt: (row.answer_due_at?.toISOString() ?? null) as string | null,
      }
    })
  )
}

/** One's own place, or null when it is somebody else's. */
export async function ownSeat(userId: string, seatId: string): Promise<SeatRow | null> {
  return db.from('draw_seats').where({ id: seatId, user_id: userId }).whereNotNull('invited_at').first()
}

/** What an invited expert has to know to answer: the work, the parties, the meeting, the own random number. */
export async function invitationView(seat: SeatRow) {
  const draw = (await drawById(seat.draw_id))!
  const [plan, review, calls, looks] = await Promise.all([
    planFacts(draw.plan_id),
    reviewById(draw.review_id),
    callViews({ seat_id: seat.id }),
    looksAtContact(seat.user_id, draw.id),
  ])
  return {
    vocabulary: drawVocabulary(await regulation()),
    seatId: seat.id,
    number: draw.number,
    state: seat.left_as ?? seat.state,
    role: seat.role,
    letter: seat.letter,
    reasonCode: seat.reason_code,
    plan: {
      name: plan.name,
      number: plan.number,
      projectName: plan.projectName,
      place: plan.place,
      works: plan.works,
      organiser: plan.organiser.name,
      agency: plan.agency?.name ?? null,
      parties: plan.parties.map(({ kind, name }) => ({ kind, name })),
    },
    reviewId: draw.review_id,
    reviewState: review!.state,
    meeting: draw.meeting_at
      ? { at: draw.meeting_at.toISOString(), mode: draw.meeting_mode!, place: draw.meeting_place ?? '' }
      : null,
    invitedAt: seat.invited_at!.toISOString(),
    answerDueAt: seat.answer_due_at!.toISOString(),
    answeredAt: seat.answered_at?.toISOString() ?? null,
    specialty: seat.matched,
    calls: calls.get(seat.id) ?? [],
    looks,
    draw: await ownDraw(draw, seat),
  }
}

/** One's own place in the draw: number, random number, chance. */
async function ownDraw(draw: DrawRow, seat: SeatRow) {
  const own = {
    seat: seat.seat,
    ticket: seat.ticket,
    rosterNo: seat.roster_no,
    eligible: draw.eligible_count,
    employers: draw.employer_count,
  }
  if (seat.replaces_seat !== null) {
    const departure = (await departuresOf(draw.id)).find((one) => one.seat === seat.replaces_seat)
    return { ...own, replacement: true, chance: { num: '1', den: String(departure!.candidates) } }
  }
  const leaves = (await poolOf(draw.id)).map(({ leaf }) => leaf)
  const chances = chancesOf(leaves, draw.rules)
  if (!chances.ok) throw new Error(`Draw ${draw.number}: ${chances.error.code}`)
  const { num, den } = chanceOf(chances.value, seat)
  return { ...own, replacement: false, chance: { num: String(num), den: String(den) } }
}
