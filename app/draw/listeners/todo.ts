import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { addTodoSource, type TodoItem } from '#core/home/todo_sources'
import { planFacts } from '#draw/plan_facts'
import { drawsToCheck } from '#draw/queries/draw_checks'
import { readyToDraw } from '#draw/queries/list_draws'

addTodoSource(async (actor) => {
  if (actor.kind === 'expert') return invitationsToAnswer(actor)
  if (actor.kind === 'centre') return drawsToRecompute()
  if ((actor.kind === 'organiser' || actor.kind === 'agency') && actor.organisationId)
    return drawsToRun(actor)
  return []
})

async function invitationsToAnswer(actor: Actor): Promise<TodoItem[]> {
  const seats = await db
    .from('draw_seats')
    .join('draws', 'draws.id', 'draw_seats.draw_id')
    .join('reviews', 'reviews.id', 'draws.review_id')
    .where({ 'draw_seats.user_id': actor.userId, 'draw_seats.state': 'INVITED' })
    .whereNotIn('reviews.state', ['CANCELLED', 'VOIDED'])
    .select(
      'draw_seats.id',
      'draw_seats.answer_due_at',
      'draws.plan_id',
      'draws.meeting_at',
      'draws.meeting_mode'
    )
  return Promise.all(
    seats.map(async (seat) => ({
      id: `invitation/${seat.id}`,
      kind: 'invitation.answer',
      params: {
        plan: (await planFacts(seat.plan_id)).name,
        meetingAt: seat.meeting_at?.toISOString() ?? '',
        mode: seat.meeting_mode,
      },
      href: `/invitations/${seat.id}`,
      dueAt: seat.answer_due_at.toISOString(),
    }))
  )
}

/** Start the draw, invite, confirm the panel: each shows while it is the next step. */
async function drawsToRun(actor: Actor): Promise<TodoItem[]> {
  const ready = (await readyToDraw(actor)).filter(({ waitsForCentre }) => !waitsForCentre)
  const column = actor.kind === 'agency' ? 'draws.agency_id' : 'draws.organiser_id'
  const rows = await db
    .from('draws')
    .join('reviews', 'reviews.id', 'draws.review_id')
    .where(column, actor.organisationId!)
    .whereIn('reviews.state', ['DRAWN', 'INVITING'])
    .select('draws.id', 'draws.plan_id', 'reviews.state')
    .select(
      db.raw(
        "(SELECT count(*) FROM draw_seats s WHERE s.draw_id = draws.id AND s.state = 'ACCEPTED') AS accepted"
      )
    )
  const open = await Promise.all(
    rows.map(async (row) => ({
      id: `draw/${row.id}`,
      kind: row.state === 'DRAWN' ? 'draw.invite' : 'draw.confirm_panel',
      params: { plan: (await planFacts(row.plan_id)).name, accepted: Number(row.accepted) },
      href: `/draws/${row.id}`,
      dueAt: null,
    }))
  )
  const start = ready.map(({ reviewId, planName }) => ({
    id: `draw/start/${reviewId}`,
    kind: 'draw.start',
    params: { plan: planName },
    href: `/draws/start/${reviewId}`,
    dueAt: null,
  }))
  return [...start, ...open]
}

/** More than these at once are no list of things to do. */
const MOST_CHECKS = 20

/** SUP-1: the centre looks at the conformity of each draw. */
async function drawsToRecompute(): Promise<TodoItem[]> {
  const draws = await drawsToCheck(MOST_CHECKS)
  return Promise.all(
    draws.map(async (draw) => ({
      id: `draw/check/${draw.id}`,
      kind: 'draw.check',
      params: { plan: (await planFacts(draw.plan_id)).name, number: draw.number },
      href: `/draws/${draw.id}`,
      dueAt: null,
    }))
  )
}
