import db from '@adonisjs/lucid/services/db'

/** How often the centre has had this draw recomputed, newest first (SUP-1). */
export async function checksOfDraw(drawId: string) {
  const rows = await db
    .from('draw_checks as c')
    .join('users as u', 'u.id', 'c.by_user_id')
    .where('c.draw_id', drawId)
    .orderBy('c.at', 'desc')
    .select('c.*', 'u.name')
  return rows.map((row) => ({
    id: row.id as string,
    at: row.at.toISOString() as string,
    by: row.name as string,
    verdict: row.verdict as string,
    failed: row.failed as string[],
  }))
}

/** Completed draws that nobody of the centre has had recomputed, the oldest first. */
export async function drawsToCheck(limit: number) {
  return db
    .from('draws')
    .where('draws.status', 'completed')
    .whereNotExists(
      (checks) => void checks.from('draw_checks').whereColumn('draw_checks.draw_id', 'draws.id')
    )
    .orderBy('draws.completed_at')
    .limit(limit)
    .select('draws.id', 'draws.number', 'draws.plan_id')
}
