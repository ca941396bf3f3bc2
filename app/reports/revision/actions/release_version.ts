import type { UnitOfWork } from '#ledger/public'
import type { Result } from '#lib/result'
import { advance, type AdvanceError, type Review } from '#reviews/public'
import type { RevisionRow } from '#reports/revision/models/rows'

/** Rules REP-6, REP-10: after 通过, with advice answered or none given, the reviewed version may be built. */
export async function releaseReviewedVersion(
  unit: UnitOfWork,
  revision: RevisionRow,
  as: 'contractor' | 'program'
): Promise<Result<Review, AdvanceError>> {
  const version = await unit.trx.from('plan_versions').where('id', revision.reviewed_version_id).firstOrFail()
  const moved = await advance(unit, {
    reviewId: revision.review_id,
    event: 'advice_answered',
    as,
    payload: { version: version.id, sha256: version.sha256 },
  })
  if (moved.ok) await unit.update('plans', revision.plan_id, { implementable_version_id: version.id })
  return moved
}
