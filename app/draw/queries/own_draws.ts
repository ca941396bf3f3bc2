import db from '@adonisjs/lucid/services/db'
import { regulation } from '#core/jurisdiction'
import { reviewById } from '#reviews/public'
import { meetingHasEnded } from '#draw/domain/meeting_has_ended'
import type { DrawRow, PoolEntry, SeatRow } from '#draw/models/draw'
import { beaconView } from '#draw/queries/beacon_view'
import { callViews } from '#draw/queries/call_outs'
import { departuresOf, drawById, poolOf, seatsOf } from '#draw/queries/draws'
import { looksAtContact } from '#draw/queries/looks_at_contact'
import { ownChance, ownOutcome, ownProof, ownReplacements } from '#draw/queries/own_place_in_draw'
import { drawVocabulary } from '#draw/queries/vocabulary'

/** More than these are no longer read on a page. */
const MOST = 200

const categoriesOf = (draw: Pick<DrawRow, 'works'>) => [
  ...new Set(draw.works.map(({ category }) => category)),
]
const reasonsOf = ({ leaf }: PoolEntry) => leaf.excluded?.split('+') ?? []

/**
 * Rule DRAW-9. The draws in whose pool somebody stood, eligible or not, newest first. Of the plan they say no more than
 * its kind: who was not asked has no part in it.
 */
export async function ownDraws(userId: string) {
  const rows = await db
    .from('draw_pools as p')
    .join('draws as d', 'd.id', 'p.id')
    .leftJoin('draw_seats as s', (on) => on.on('s.draw_id', 'd.id').andOnVal('s.user_id', userId))
    .whereRaw('p.pool @> ?::jsonb', [JSON.stringify([{ userId }])])
    .orderBy('d.committed_at', 'desc')
    .limit(MOST)
    .select('d.id', 'd.number', 'd.status', 'd.works', 'd.committed_at', 's.seat', 's.state', 's.left_as')
    .select(
      db.raw(`jsonb_path_query_first(p.pool, '$[*] \\? (@.userId == $user)', ?::jsonb) AS own`, [
        JSON.stringify({ user: userId }),
      ])
    )
  const { vocabulary } = await words()
  return {
    vocabulary,
    draws: rows.map((row) => ({
      id: row.id as string,
      number: row.number as string,
      status: row.status as string,
      categories: categoriesOf(row),
      committedAt: row.committed_at.toISOString() as string,
      excluded: reasonsOf(row.own),
      seat: row.seat as number | null,
      state: (row.left_as ?? row.state) as string | null,
    })),
  }
}

/** One of them: the own chance, random number and place, with all that recomputes them. Null: in no pool of it. */
export async function ownDraw(userId: string, drawId: string) {
  const draw = await drawById(drawId)
  if (!draw) return null
  const pool = await poolOf(draw.id)
  const own = pool.find((entry) => entry.userId === userId)
  if (!own) return null
  const [seats, departures, review, { vocabulary }] = await Promise.all([
    seatsOf(draw.id),
    departuresOf(draw.id),
    reviewById(draw.review_id),
    words(),
  ])
  const seat = seats.find(({ user_id }) => user_id === userId) ?? null
  const ended = review !== null && meetingHasEnded(review.state)
  return {
    vocabulary,
    id: draw.id,
    number: draw.number,
    status: draw.status,
    categories: categoriesOf(draw),
    committedAt: draw.committed_at.toISOString(),
    completedAt: draw.completed_at?.toISOString() ?? null,
    pool: { matched: draw.matched_count, eligible: draw.eligible_count, employers: draw.employer_count },
    rosterNo: own.leaf.id,
    specialty: own.matched,
    isMain: own.isMain,
    cameBy: own.leaf.v === 2 ? own.leaf.cameBy : null,
    excluded: reasonsOf(own),
    because: own.because ?? [],
    chance: own.leaf.excluded === null ? ownChance(draw, pool, own) : null,
    outcome: draw.result && own.leaf.excluded === null ? ownOutcome(draw, pool, own, ended) : null,
    beacon: await beaconView(draw),
    replacements: draw.result ? ownReplacements(draw, pool, seats, departures, own) : [],
    seat: seat && (await ownSeatView(seat)),
    looks: await looksAtContact(userId, draw.id),
    proof: await ownProof(draw, pool, own, ended),
  }
}

async function ownSeatView(seat: SeatRow) {
  const calls = (await callViews({ seat_id: seat.id })).get(seat.id) ?? []
  return {
    seatId: seat.id,
    seat: seat.seat,
    state: seat.left_as ?? seat.state,
    replacesSeat: seat.replaces_seat,
    reasonCode: seat.reason_code,
    invitedAt: seat.invited_at?.toISOString() ?? null,
    answerDueAt: seat.answer_due_at?.toISOString() ?? null,
    answeredAt: seat.answered_at?.toISOString() ?? null,
    calls,
  }
}

async function words() {
  return { vocabulary: drawVocabulary(await regulation()) }
}
