import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import { notFound, Refusal } from '#core/exceptions/refusal'
import { checkRecording } from '#supervision/actions/check_recording'
import { readCappedRange } from '#supervision/domain/range_is_asked_and_capped'
import { heldOpening } from '#supervision/policies/recording_access'
import { playableFile, recordingOfReview, sizeOf } from '#supervision/queries/recording'
import { fileValidator, reviewIdValidator } from '#supervision/validators/supervision'

export default class RecordingsController {
  /**
   * Bytes of one playable file, by range alone: whole files of hours are not given at once. HEAD tells the
   * length. What stands in the folder is checked with each request, not once: it may be gone, or altered.
   */
  async file({ actor, request, response }: HttpContext) {
    const { params } = await request.validateUsing(fileValidator)
    await heldOpening(actor, params.reviewId)
    const recording = await recordingOfReview(params.reviewId)
    const playable = recording && playableFile(recording, params.name)
    const size = playable && (await sizeOf(playable.path))
    if (!playable || size === null) throw notFound()
    const head = request.method() === 'HEAD'
    const range = readCappedRange(request.header('range'), size)
    if (range.kind === 'none' && !head) throw new Refusal(400, 'E_RANGE_REQUIRED')
    response.header('content-type', 'video/webm')
    response.header('content-disposition', 'inline')
    response.header('x-content-type-options', 'nosniff')
    response.header('content-security-policy', "default-src 'none'; sandbox")
    response.header('accept-ranges', 'bytes')
    response.header('etag', `"${playable.file.sha256}"`)
    if (head || range.kind === 'none') {
      response.header('content-length', String(size))
      return response.stream(Readable.from([]))
    }
    if (range.kind === 'unsatisfiable') {
      response.header('content-range', `bytes */${size}`)
      return response.status(416).send('')
    }
    const { start, end } = range
    response.status(206).header('content-range', `bytes ${start}-${end}/${size}`)
    response.header('content-length', String(end - start + 1))
    return response.stream(createReadStream(playable.path, { start, end }))
  }

  async check({ actor, request }: HttpContext) {
    const { params } = await request.validateUsing(reviewIdValidator)
    return checkRecording(actor, params.reviewId)
  }
}
