import db from '@adonisjs/lucid/services/db'
import { newId } from '#core/ids'
import { businessNow } from '#core/clock/business_clock'
import { SYSTEM_ACTOR } from '#core/actor'
import { record, type UnitOfWork } from '#ledger/public'
import { reviewStream } from '#reviews/public'

export interface Arrival {
  readonly reviewId: string
  readonly person: {
    userId: string
    name: string
    role: string
    seatId: string | null
    organisation: string | null
  }
  readonly source: 'socket' | 'media'
  /** That side's own id of the connection: the same one twice is one span. */
  readonly connection: string
  readonly at: Date
}

/** MEET-2: one row per connection, with the real time of coming. */
export async function openSpan(arrival: Arrival): Promise<string> {
  return record(SYSTEM_ACTOR, async (unit) => {
    const { reviewId, person, source, connection, at } = arrival
    const known = await unit.trx
      .from('attendance_spans')
      .where({ review_id: reviewId, source, connection })
      .first()
    if (known) return known.id
    const id = newId()
    await unit.insert('attendance_spans', {
      id,
      review_id: reviewId,
      user_id: person.userId,
      seat_id: person.seatId,
      role: person.role,
      name: person.name,
      organisation: person.organisation,
      source,
      connection,
      joined_at: at,
      left_at: null,
      last_seen_at: at,
    })
    tell(unit, reviewId, 'session.came', { user: person.userId, role: person.role, source })
    return id
  })
}

/** Ends a span at the time at which somebody was really gone. Ending twice keeps the first end. */
export async function closeSpan(id: string, at: Date): Promise<void> {
  await record(SYSTEM_ACTOR, async (unit) => {
    const span = await unit.trx
      .from('attendance_spans')
      .where('id', id)
      .whereNull('left_at')
      .forUpdate()
      .first()
    if (!span) return
    const left = at < span.joined_at ? span.joined_at : at
    await unit.update('attendance_spans', id, { left_at: left })
    tell(unit, span.review_id, 'session.went', { user: span.user_id, source: span.source })
  })
}

/** Says once a second which connections are alive, so that a crash of the app loses no more than that. */
export async function touchSpans(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db
    .from('attendance_spans')
    .whereIn('id', [...ids])
    .whereNull('left_at')
    .update({ last_seen_at: businessNow() })
}

/** Spans whose process is gone end where they were last seen. Hands back the reviews that this changed. */
export async function closeForsaken(source: 'socket' | 'media', olderThan: Date): Promise<string[]> {
  const rows = await db
    .from('attendance_spans')
    .where('source', source)
    .whereNull('left_at')
    .where('last_seen_at', '<', olderThan)
    .select('id', 'review_id', 'last_seen_at')
  for (const row of rows) await closeSpan(row.id, row.last_seen_at)
  return [...new Set(rows.map((row) => row.review_id as string))]
}

function tell(unit: UnitOfWork, reviewId: string, type: string, payload: Record<string, unknown>): void {
  unit.entry({ stream: reviewStream(reviewId), type, payload })
}
