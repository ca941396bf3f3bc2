import type { HttpContext } from '@adonisjs/core/http'
import { notFound, orRefuse } from '#core/exceptions/refusal'
import { visibleReports } from '#reports/public'
import { makeBundle } from '#evidence/actions/make_bundle'
import { reviewIdValidator } from '#evidence/validators/bundle'

const SUPERVISORS = ['centre', 'authority']

export default class BundlesController {
  /** For those who may read the issued report; each making is an entry of the log. */
  async store({ actor, request, response }: HttpContext) {
    const { params } = await request.validateUsing(reviewIdValidator)
    const report = await visibleReports(actor)
      .where({ 'reports.review_id': params.reviewId, 'reports.state': 'issued' })
      .first()
    if (!report) throw notFound()
    const reader = SUPERVISORS.includes(actor.kind) ? 'supervisor' : 'participant'
    const { name, bytes } = orRefuse(await makeBundle(actor, params.reviewId, reader), 503)
    response.header('content-type', 'application/zip')
    response.header(
      'content-disposition',
      `attachment; filename="evidence.zip"; filename*=UTF-8''${encodeURIComponent(name)}`
    )
    return response.send(Buffer.from(bytes))
  }
}
