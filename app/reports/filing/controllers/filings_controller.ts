import type { HttpContext } from '@adonisjs/core/http'
import { blobStream } from '#core/files/blob_store'
import { orRefuse } from '#core/exceptions/refusal'
import { IMAGE_LIMITS } from '#lib/image_intake/limits'
import { addImage } from '#reports/filing/actions/add_image'
import { removeImage } from '#reports/filing/actions/remove_image'
import { receiveFile } from '#core/files/receive_file'
import { filingView, imageInSight } from '#reports/filing/queries/filing_view'
import { imageValidator } from '#reports/revision/validators/revision'
import { reviewInSight } from '#reports/revision/policies/revision_access'

/** REP-5: 资料上传. */
export default class FilingsController {
  async show({ actor, params }: HttpContext) {
    return filingView(actor, params.reviewId)
  }

  async addImage({ actor, params, request }: HttpContext) {
    await reviewInSight(actor, params.reviewId)
    const given = await imageValidator.validate(request.qs())
    const file = await receiveFile(request.request, IMAGE_LIMITS.fileBytes)
    return orRefuse(await addImage(actor, params.reviewId, file, given), 409)
  }

  async removeImage({ actor, params }: HttpContext) {
    orRefuse(await removeImage(actor, params.reviewId, params.imageId), 409)
    return {}
  }

  async image({ actor, params, response }: HttpContext) {
    const image = await imageInSight(actor, params.reviewId, params.imageId)
    response.header('content-type', image.type)
    response.header('content-length', String(image.size))
    response.header('content-security-policy', "default-src 'none'; sandbox")
    response.header('x-content-type-options', 'nosniff')
    response.header('cache-control', 'private, max-age=86400, immutable')
    return response.stream(blobStream(image.sha256))
  }
}
