import { ROUND_FAILED_TYPE } from '#lib/draw/round_before'
import type { UnitOfWork } from '#ledger/public'
import { reviewStream, type Review } from '#reviews/public'
import type { DrawRow } from '#draw/models/draw'
import { touch } from '#draw/queries/draws'

/**
 * Rules DRAW-6, REP-4. Tells the log, once, that the round a draw was made for ended in 不通过, in the transaction that
 * closes the review. Without this entry the witness answers for no further round of the plan. `report`: SHA-256 of the
 * signed report, which says so over the panel's names; null where it was closed by an earlier release.
 */
export async function recordFailedRound(
  unit: UnitOfWork,
  review: Review,
  report: string | null = null
): Promise<void> {
  const draw: DrawRow | null = await unit.trx.from('draws').where('review_id', review.id).forUpdate().first()
  if (!draw || draw.failed_at) return
  await unit.update('draws', draw.id, { failed_at: unit.at })
  unit.entry({
    stream: reviewStream(review.id),
    type: ROUND_FAILED_TYPE,
    payload: {
      drawId: draw.draw_id,
      planKey: draw.plan_key,
      round: draw.round,
      rulesHash: draw.rules_hash,
      poolRoot: draw.pool_root,
      number: draw.number,
      review: review.number,
      conclusion: 'FAIL',
      report,
    },
  })
  await touch(unit.trx, draw.id)
}
