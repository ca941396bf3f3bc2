import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { addTodoSource, type TodoItem } from '#core/home/todo_sources'
import { whyToLook } from '#supervision/domain/meeting_wants_a_look'
import { SUPERVISORS } from '#supervision/policies/recording_access'
import { listReviews } from '#supervision/queries/list_reviews'

/** More than these at once are no list of things to do. */
const MOST = 20

/** SUP-5, SUP-6: meetings to look at, for the authority; inspections to bring to an end, for whoever opened them. */
addTodoSource(async (actor) => {
  if (!SUPERVISORS.includes(actor.kind)) return []
  const open = await inspectionsToEnd(actor)
  return actor.kind === 'authority' ? [...(await meetingsToLookAt()), ...open] : open
})

async function meetingsToLookAt(): Promise<TodoItem[]> {
  const { reviews } = await listReviews('')
  const items = reviews.flatMap((review): TodoItem[] => {
    const why = whyToLook(review)
    if (!why) return []
    return [
      {
        // Sorted by id where nothing is due: dangers come first.
        id: `${why === 'hidden_danger' ? 'danger' : 'look'}/${review.reviewId}`,
        kind: why === 'hidden_danger' ? 'supervision.hidden_danger' : 'supervision.look',
        params: { plan: review.planName, number: review.number, facts: review.facts },
        href: `/supervision/${review.reviewId}`,
        dueAt: null,
      },
    ]
  })
  const dangers = items.filter(({ kind }) => kind === 'supervision.hidden_danger')
  const others = items.filter((item) => !dangers.includes(item))
  return [...dangers, ...others].slice(0, MOST)
}

async function inspectionsToEnd(actor: Actor): Promise<TodoItem[]> {
  const rows = await db
    .from('inspections as i')
    .join('reviews as r', 'r.id', 'i.review_id')
    .join('plans as p', 'p.id', 'r.plan_id')
    .where('i.opened_by', actor.userId)
    .whereNull('i.closed_at')
    .orderBy('i.opened_at')
    .limit(MOST)
    .select('i.id', 'i.number', 'i.review_id', 'i.opened_at', 'p.name')
  return rows.map((row) => ({
    id: `inspection/${row.id}`,
    kind: 'inspection.close',
    params: { plan: row.name, number: row.number, since: row.opened_at.toISOString() },
    href: `/supervision/${row.review_id}`,
    dueAt: null,
  }))
}
