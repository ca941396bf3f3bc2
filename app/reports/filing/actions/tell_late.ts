import type { UnitOfWork } from '#ledger/public'
import { reviewById, reviewStream } from '#reviews/public'
import { filingState } from '#reports/domain/filing_is_complete'
import { filedParts, filingOf } from '#reports/filing/queries/filing_parts'
import { reportOfReview } from '#reports/queries/load_report'
import { concernedWith, planHead, tell } from '#reports/revision/tell'

/** Rule REP-5: the deadline has passed and something is missing. Everyone responsible is told what, once. */
export async function tellFilingLate(unit: UnitOfWork, reviewId: string): Promise<void> {
  const filing = await filingOf(reviewId, unit.trx)
  const review = await reviewById(reviewId)
  if (!filing || !review || filing.completed_at || filing.late_told_at) return
  const { missing } = filingState(await filedParts(filing, unit.trx), filing.due_at, unit.at)
  if (missing.length === 0) return
  await unit.update('filings', filing.id, { late_told_at: unit.at })
  unit.entry({ stream: reviewStream(reviewId), type: 'filing.late', payload: { filing: filing.id, missing } })
  const plan = await planHead(unit, filing.plan_id)
  const report = await reportOfReview(reviewId, unit.trx)
  const { hosts, panel, centre } = await concernedWith(unit, plan, report?.id ?? null)
  const notice = {
    userIds: [...hosts, ...panel.slice(0, 1), ...centre],
    kind: 'filing.late',
    params: { plan: plan.name, number: review.number, missing },
    href: `/revisions/${reviewId}/filing`,
    objectId: reviewId,
  }
  await tell(unit, notice, `论证 ${review.number ?? ''} 资料逾期，还差 ${missing.length} 项。`)
}
