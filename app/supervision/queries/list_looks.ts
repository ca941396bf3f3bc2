import db from '@adonisjs/lucid/services/db'

export interface LookFilter {
  readonly kind?: 'contact' | 'recording'
  /** Part of the name of who looked or of whom. */
  readonly person?: string
  /** Days of Asia/Shanghai, both included. */
  readonly from?: string
  readonly to?: string
  readonly page?: number
}

const EACH = 50

/**
 * Rule SEC-1, MEET-6. Every look at personal data: contact data in the clear, and recordings. For those who
 * watch over it; each person sees the looks at their own in their account.
 */
export async function listLooks({ kind, person = '', from, to, page = 1 }: LookFilter) {
  const { rows } = await db.rawQuery(
    `WITH looks AS (
       SELECT r.id, 'contact' AS kind, r.at, r.by_user_id, r.by_membership_id, s.name AS subject, r.purpose,
         r.object_kind, i.number AS inspection, p.name AS plan
       FROM personal_data_reveals r
       JOIN users s ON s.id = r.subject_user_id
       LEFT JOIN inspections i ON r.object_kind = 'inspection' AND i.id::text = r.object_id
       LEFT JOIN draws d ON r.object_kind = 'draw' AND d.id::text = r.object_id
       LEFT JOIN reviews v ON v.id = COALESCE(i.review_id, d.review_id)
       LEFT JOIN plans p ON p.id = v.plan_id
       UNION ALL
       SELECT o.id, 'recording', o.at, o.by_user_id, o.by_membership_id, NULL, 'supervision', 'inspection',
         i.number, p.name
       FROM recording_openings o
       JOIN inspections i ON i.id = o.inspection_id
       JOIN reviews v ON v.id = o.review_id
       JOIN plans p ON p.id = v.plan_id
     )
     SELECT l.*, u.name AS by, m.kind AS capacity, g.name AS organisation, count(*) OVER () AS total
     FROM looks l
     JOIN users u ON u.id = l.by_user_id
     LEFT JOIN memberships m ON m.id = l.by_membership_id
     LEFT JOIN organisations g ON g.id = m.organisation_id
     WHERE (:kind = '' OR l.kind = :kind)
       AND (:person = '' OR strpos(u.name, :person) > 0 OR strpos(COALESCE(l.subject, ''), :person) > 0)
       AND (:from = '' OR l.at >= (NULLIF(:from, '') || ' 00:00 Asia/Shanghai')::timestamptz)
       AND (:to = '' OR l.at < (NULLIF(:to, '') || ' 00:00 Asia/Shanghai')::timestamptz + interval '1 day')
     ORDER BY l.at DESC, l.id DESC
     LIMIT ${EACH} OFFSET :skip`,
    { kind: kind ?? '', person, from: from ?? '', to: to ?? '', skip: (page - 1) * EACH }
  )
  return {
    total: Number(rows[0]?.total ?? 0),
    each: EACH,
    looks: rows.map((row: any) => ({
      id: row.id as string,
      kind: row.kind as 'contact' | 'recording',
      at: row.at.toISOString() as string,
      by: row.by as string,
      capacity: row.capacity as string | null,
      organisation: row.organisation as string | null,
      subject: row.subject as string | null,
      purpose: row.purpose as string,
      inspection: row.inspection as string | null,
      plan: row.plan as string | null,
    })),
  }
}
