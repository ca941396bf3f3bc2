import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'

const SHOWN = 100

/** One's own feedback; system administration sees everybody's, what waits for an answer first. */
export async function feedbackFor(actor: Actor) {
  const query = db
    .from('feedback as f')
    .join('users as u', 'u.id', 'f.user_id')
    .leftJoin('users as a', 'a.id', 'f.answered_by')
    .orderByRaw('f.answered_at IS NOT NULL, f.at DESC, f.id DESC')
    .limit(SHOWN)
    .select('f.*', 'u.name', 'a.name as answered_by_name')
  if (actor.kind !== 'system_admin') query.where('f.user_id', actor.userId)
  const rows = await query
  return rows.map((row) => ({
    id: row.id as string,
    name: row.name as string,
    capacity: row.capacity_kind as string,
    text: row.text as string,
    at: row.at.toISOString() as string,
    answer: row.answered_at
      ? {
          text: row.answer as string,
          by: row.answered_by_name as string,
          at: row.answered_at.toISOString() as string,
        }
      : null,
  }))
}

/** What waits for an answer, the oldest first. */
export async function openFeedback(limit: number) {
  return db
    .from('feedback as f')
    .join('users as u', 'u.id', 'f.user_id')
    .whereNull('f.answered_at')
    .orderBy('f.at')
    .limit(limit)
    .select('f.id', 'f.text', 'f.at', 'u.name')
}
