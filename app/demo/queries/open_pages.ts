import db from '@adonisjs/lucid/services/db'

/** What a passer-by may look at without an account: the newest issued report, its plan on site, its draw. */
export async function openPages(): Promise<{
  report: string | null
  site: string | null
  draw: string | null
}> {
  const { rows } = await db.rawQuery(
    `SELECT p.code, v.site_code, d.number FROM reports p
       JOIN review_sessions s ON s.review_id = p.review_id
       JOIN plan_versions v ON v.id = s.version_id
       LEFT JOIN draws d ON d.review_id = p.review_id
     WHERE p.state = 'issued' ORDER BY p.issued_at DESC LIMIT 1`
  )
  const [row] = rows
  return { report: row?.code ?? null, site: row?.site_code ?? null, draw: row?.number ?? null }
}
