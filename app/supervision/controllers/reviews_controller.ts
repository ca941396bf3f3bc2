import type { HttpContext } from '@adonisjs/core/http'
import { listReviews } from '#supervision/queries/list_reviews'
import { playbackOf } from '#supervision/queries/playback'
import { reviewDetail } from '#supervision/queries/review_detail'
import { heldOpening } from '#supervision/policies/recording_access'
import { listValidator, reviewIdValidator } from '#supervision/validators/supervision'

/** Meetings that can be looked at, one of them, and its whole course once it is opened. */
export default class ReviewsController {
  async index({ request }: HttpContext) {
    const { q = '' } = await listValidator.validate(request.qs())
    return listReviews(q)
  }

  async show({ actor, request }: HttpContext) {
    const { params } = await request.validateUsing(reviewIdValidator)
    return reviewDetail(actor, params.reviewId)
  }

  async playback({ actor, request }: HttpContext) {
    const { params } = await request.validateUsing(reviewIdValidator)
    return playbackOf(await heldOpening(actor, params.reviewId))
  }
}
