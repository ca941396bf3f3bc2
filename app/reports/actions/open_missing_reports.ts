import db from '@adonisjs/lucid/services/db'
import { SYSTEM_ACTOR } from '#core/actor'
import { record } from '#ledger/public'
import { openReport } from '#reports/actions/open_report'
import { reportSources } from '#reports/sources'

/** Opens the report of one concluded review; what is there already stays. */
export async function openReportOf(reviewId: string): Promise<void> {
  const meeting = await reportSources().meeting(reviewId)
  if (meeting) await record(SYSTEM_ACTOR, (unit) => openReport(unit, reviewId, meeting))
}

/** Whose report the process did not live to open after the conclusion was durable. */
export async function openMissingReports(): Promise<void> {
  const rows = await db
    .from('reviews')
    .leftJoin('reports', 'reports.review_id', 'reviews.id')
    .where('reviews.state', 'CONCLUDED')
    .whereNull('reports.id')
    .select('reviews.id')
  for (const { id } of rows) await openReportOf(id)
}
