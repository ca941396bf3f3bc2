import type { UnitOfWork } from '#ledger/public'
import { ok, type Result } from '#lib/result'
import { advance, reviewStream, type AdvanceError, type Review } from '#reviews/public'
import { clearFilingDeadlines } from '#reports/filing/actions/open_filing'
import { filingState } from '#reports/domain/filing_is_complete'
import { filedParts } from '#reports/filing/queries/filing_parts'
import type { FilingRow } from '#reports/revision/models/rows'
import { concernedWith, planHead, tell } from '#reports/revision/tell'

/** Rule REP-5: filed by the program itself, once nothing is missing. Returns where the review then is. */
export async function completeFiling(
  unit: UnitOfWork,
  review: Review,
  filing: FilingRow,
  reportId: string
): Promise<Result<Review, AdvanceError>> {
  if (review.state !== 'REPORT_ISSUED' || filing.completed_at) return ok(review)
  const { complete, state } = filingState(await filedParts(filing, unit.trx), filing.due_at, unit.at)
  if (!complete) return ok(review)
  await unit.update('filings', filing.id, { completed_at: unit.at })
  unit.entry({
    stream: reviewStream(review.id),
    type: 'filing.complete',
    payload: { filing: filing.id, late: state === 'complete_late' },
  })
  const filed = await advance(unit, { reviewId: review.id, event: 'file', as: 'program' })
  if (!filed.ok) return filed
  await clearFilingDeadlines(unit, review.id)
  const plan = await planHead(unit, filing.plan_id)
  const { hosts, centre } = await concernedWith(unit, plan, reportId)
  const notice = {
    userIds: [...hosts, ...(state === 'complete_late' ? centre : [])],
    kind: state === 'complete_late' ? 'filing.complete_late' : 'filing.complete',
    params: { plan: plan.name, number: review.number },
    href: `/revisions/${review.id}/filing`,
    objectId: review.id,
  }
  await tell(unit, notice, `论证 ${review.number ?? ''} 资料已传齐。`)
  return filed
}
