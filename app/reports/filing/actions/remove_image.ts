import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { recordResult } from '#ledger/public'
import { fail, ok, type Result } from '#lib/result'
import { lockReview, reviewStream, type ReviewState } from '#reviews/public'
import { filingOf, imagesOf } from '#reports/filing/queries/filing_parts'
import { mayFile, reviewInSight } from '#reports/revision/policies/revision_access'

/** Takes a picture back that was uploaded by mistake; possible until the filing is complete. */
export async function removeImage(
  actor: Actor,
  reviewId: string,
  imageId: string
): Promise<Result<null, { code: 'E_FILING_CLOSED'; state: ReviewState }>> {
  await reviewInSight(actor, reviewId)
  return recordResult(actor, async (unit) => {
    const review = await lockReview(unit.trx, reviewId)
    const plan = await unit.trx.from('plans').where('id', review.planId).firstOrFail()
    const filing = await filingOf(reviewId, unit.trx)
    const image = filing && (await imagesOf(filing.id, unit.trx)).find(({ id }) => id === imageId)
    if (!mayFile(actor, plan) || !image) throw notFound()
    if (filing.completed_at) return fail({ code: 'E_FILING_CLOSED' as const, state: review.state })
    await unit.update('filing_images', image.id, { removed_at: unit.at })
    unit.entry({ stream: reviewStream(reviewId), type: 'filing.image_removed', payload: { image: image.id } })
    return ok(null)
  })
}
