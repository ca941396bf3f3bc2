import db from '@adonisjs/lucid/services/db'

/** In this order; the page shows how far the making of a report is. */
export const BUILD_STEPS = ['collecting', 'setting', 'sealing', 'keeping'] as const
export type BuildStep = (typeof BUILD_STEPS)[number]

export async function tellBuildStep(reportId: string, step: BuildStep): Promise<void> {
  await db.rawQuery(
    `INSERT INTO report_builds (report_id, step, at) VALUES (?, ?, clock_timestamp())
     ON CONFLICT (report_id) DO UPDATE SET step = excluded.step, at = excluded.at`,
    [reportId, step]
  )
}

export async function endBuild(reportId: string): Promise<void> {
  await db.from('report_builds').where('report_id', reportId).delete()
}

/** Null when nothing is being made; what is older than a minute died on the way. */
export async function buildStepOf(reportId: string): Promise<BuildStep | null> {
  const row = await db
    .from('report_builds')
    .where('report_id', reportId)
    .whereRaw("at > clock_timestamp() - interval '1 minute'")
    .first()
  return row?.step ?? null
}
