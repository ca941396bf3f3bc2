import db from '@adonisjs/lucid/services/db'

/** Rule SEC-1. Who looked at somebody's contact data in a draw, why, when and until when; for that person. */
export async function looksAtContact(userId: string, drawId: string) {
  const rows = await db
    .from('personal_data_reveals as r')
    .join('users as u', 'u.id', 'r.by_user_id')
    .leftJoin('memberships as m', 'm.id', 'r.by_membership_id')
    .leftJoin('organisations as o', 'o.id', 'm.organisation_id')
    .where({ 'r.subject_user_id': userId, 'r.object_kind': 'draw', 'r.object_id': drawId })
    .orderBy('r.at')
    .select('r.id', 'r.at', 'r.expires_at', 'r.purpose', 'u.name as by', 'o.name as organisation')
  return rows.map((row) => ({
    id: row.id as string,
    at: row.at.toISOString() as string,
    until: (row.expires_at?.toISOString() ?? null) as string | null,
    purpose: row.purpose as string,
    by: row.by as string,
    organisation: row.organisation as string | null,
  }))
}
