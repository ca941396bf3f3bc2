import { rm } from 'node:fs/promises'
import type { Actor } from '#core/actor'
import { adoptBlob } from '#core/files/blob_store'
import { newId } from '#core/ids'
import { notFound } from '#core/exceptions/refusal'
import { recordResult } from '#ledger/public'
import { fail, ok, type Result } from '#lib/result'
import type { ImageRefusal } from '#lib/image_intake/limits'
import { lockReview, reviewStream, type AdvanceError, type ReviewState } from '#reviews/public'
import { checkImage } from '#core/files/check_image'
import type { ReceivedFile } from '#core/files/receive_file'
import { filingOf, imagesOf } from '#reports/filing/queries/filing_parts'
import { mayFile, reviewInSight } from '#reports/revision/policies/revision_access'
import { settleAftermath } from '#reports/revision/actions/settle_aftermath'

/** More than this are no longer looked at by anybody (D). */
const MOST_IMAGES = 60

export type AddImageError =
  | AdvanceError
  | { code: 'E_FILING_CLOSED'; state: ReviewState }
  | { code: 'E_IMAGE_REFUSED'; refusal: ImageRefusal }
  | { code: 'E_SAME_IMAGE' }
  | { code: 'E_TOO_MANY_IMAGES'; most: number }

/** REP-5: a photograph of the meeting, or of the sheet signed on paper. The last missing part completes the filing. */
export async function addImage(
  actor: Actor,
  reviewId: string,
  file: ReceivedFile,
  given: { kind: 'photograph' | 'sign_in_sheet'; caption: string }
): Promise<Result<{ id: string; state: string }, AddImageError>> {
  await reviewInSight(actor, reviewId)
  const image = await checkImage(file.path)
  if (!image.ok) {
    await rm(file.path, { force: true })
    return fail({ code: 'E_IMAGE_REFUSED', refusal: image.refusal })
  }
  await adoptBlob(file.path, file.sha256)
  return recordResult(actor, async (unit) => {
    const review = await lockReview(unit.trx, reviewId)
    const plan = await unit.trx.from('plans').where('id', review.planId).firstOrFail()
    if (!mayFile(actor, plan)) throw notFound()
    const filing = await filingOf(reviewId, unit.trx)
    if (!filing || filing.completed_at) return fail({ code: 'E_FILING_CLOSED', state: review.state })
    const images = await imagesOf(filing.id, unit.trx)
    if (images.length >= MOST_IMAGES) return fail({ code: 'E_TOO_MANY_IMAGES', most: MOST_IMAGES })
    if (images.some(({ sha256, kind }) => sha256 === file.sha256 && kind === given.kind))
      return fail({ code: 'E_SAME_IMAGE' })
    const id = newId()
    const { type, width, height } = image
    await unit.insert('filing_images', {
      id,
      filing_id: filing.id,
      kind: given.kind,
      sha256: file.sha256,
      type,
      size: file.size,
      width,
      height,
      caption: given.caption,
      uploaded_by: actor.userId,
      uploaded_at: unit.at,
      removed_at: null,
    })
    unit.entry({
      stream: reviewStream(reviewId),
      type: 'filing.image_added',
      payload: { image: id, kind: given.kind, sha256: file.sha256 },
    })
    const settled = await settleAftermath(unit, reviewId)
    return settled.ok ? ok({ id, state: settled.value.state }) : settled
  })
}
