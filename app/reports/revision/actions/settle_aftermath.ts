import { recordFailedRound } from '#draw/public'
import type { UnitOfWork } from '#ledger/public'
import { ok, type Result } from '#lib/result'
import { advance, lockReview, type AdvanceError, type Review, type ReviewState } from '#reviews/public'
import { completeFiling } from '#reports/filing/actions/complete_filing'
import { openFiling } from '#reports/filing/actions/open_filing'
import { editionOf, reportOfReview } from '#reports/queries/load_report'
import { callForAnswers } from '#reports/revision/actions/call_for_answers'
import { closeRevision } from '#reports/revision/actions/close_revision'
import { openRevision } from '#reports/revision/actions/open_revision'
import { releaseReviewedVersion } from '#reports/revision/actions/release_version'
import { itemsOf, revisionOf, submissionsOf } from '#reports/revision/queries/load_revision'

const AFTER_THE_MEETING: readonly ReviewState[] = ['CONCLUDED', 'SIGNING', 'REPORT_ISSUED']

/**
 * Rules REP-3, REP-4, REP-5, REP-10: brings a review to where it should be by what is in the system: filing opened
 * and completed, items laid open for answers, the next person called. Called by whatever may have changed
 * something, and by the scan for what was missed; doing it twice changes nothing.
 */
export async function settleAftermath(
  unit: UnitOfWork,
  reviewId: string
): Promise<Result<Review, AdvanceError>> {
  let review = await lockReview(unit.trx, reviewId)
  const report = await reportOfReview(reviewId, unit.trx)
  const filing = AFTER_THE_MEETING.includes(review.state) ? await openFiling(unit, review) : null
  if (report?.state !== 'issued') return ok(review)
  await openRevision(unit, review, report)
  if (filing) {
    const filed = await completeFiling(unit, review, filing, report.id)
    if (!filed.ok) return filed
    review = filed.value
  }
  return goOn(unit, review)
}

/** The step after filing, by the conclusion. */
async function goOn(unit: UnitOfWork, review: Review): Promise<Result<Review, AdvanceError>> {
  const moved = review.state === 'FILED' ? await byConclusion(unit, review) : ok(review)
  if (!moved.ok) return moved
  const now = moved.value
  const revision = (await revisionOf(review.id, unit.trx))!
  const answering = now.state === 'REVISING' || (now.state === 'FILED' && now.conclusion === 'PASS')
  const answered = now.state === 'FILED' && (await submissionsOf(revision.id, unit.trx)).length > 0
  if (answering && !answered) await callForAnswers(unit, now, revision)
  if (now.state === 'IMPLEMENTABLE' || now.state === 'CLOSED') await closeRevision(unit, now, revision)
  return ok(now)
}

async function byConclusion(unit: UnitOfWork, review: Review): Promise<Result<Review, AdvanceError>> {
  if (review.conclusion === 'REVISE')
    return advance(unit, { reviewId: review.id, event: 'revise', as: 'program' })
  if (review.conclusion === 'FAIL') {
    const report = (await reportOfReview(review.id, unit.trx))!
    const edition = (await editionOf(report, unit.trx))!
    await recordFailedRound(unit, review, edition.head_sha256)
    return advance(unit, { reviewId: review.id, event: 'close', as: 'program' })
  }
  const revision = (await revisionOf(review.id, unit.trx))!
  const items = await itemsOf(revision.id, unit.trx)
  return items.length === 0 ? releaseReviewedVersion(unit, revision, 'program') : ok(review)
}
