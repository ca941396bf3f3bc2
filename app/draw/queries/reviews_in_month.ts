import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** States in which a place counts towards the month. */
const HELD = ['ACCEPTED', 'PANEL', 'ALTERNATE']

/**
 * Rule DRAW-8. How many reviews of a month (YYYY-MM) each expert has, here and before this system; by expert
 * id, zeros left out. `exceptDraw`: whose places don't count.
 */
export async function reviewsInMonth(
  client: TransactionClientContract | typeof db,
  month: string,
  exceptDraw: string | null,
  expertIds?: readonly string[]
): Promise<Map<string, number>> {
  const seats = client
    .from('draw_seats')
    .join('draws', 'draws.id', 'draw_seats.draw_id')
    .join('reviews', 'reviews.id', 'draws.review_id')
    .whereIn('draw_seats.state', HELD)
    .whereNotIn('reviews.state', ['VOIDED', 'CANCELLED'])
    .whereRaw("to_char(draws.meeting_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') = ?", [month])
    .whereRaw('draws.id IS DISTINCT FROM ?::uuid', [exceptDraw] as any[])
    .groupBy('draw_seats.expert_id')
    .select('draw_seats.expert_id')
    .count('* as n')
  const before = client
    .from('draw_earlier_service')
    .where('meeting_day', 'like', `${month}-%`)
    .groupBy('expert_id')
    .select('expert_id')
    .count('* as n')
  if (expertIds) {
    seats.whereIn('draw_seats.expert_id', [...expertIds])
    before.whereIn('expert_id', [...expertIds])
  }
  const counts = new Map<string, number>()
  for (const { expert_id: id, n } of [...(await seats), ...(await before)])
    counts.set(id, (counts.get(id) ?? 0) + Number(n))
  return counts
}
