import type { HttpContext } from '@adonisjs/core/http'
import { orRefuse } from '#core/exceptions/refusal'
import { closeInspection } from '#supervision/actions/close_inspection'
import { openInspection } from '#supervision/actions/open_inspection'
import { openRecording } from '#supervision/actions/open_recording'
import { revealContact } from '#supervision/actions/reveal_contact'
import { writeFinding } from '#supervision/actions/write_finding'
import {
  contactValidator,
  findingValidator,
  inspectionIdValidator,
  inspectionValidator,
} from '#supervision/validators/supervision'

export default class InspectionsController {
  async store({ actor, request, response }: HttpContext) {
    const { params, number, reason } = await request.validateUsing(inspectionValidator)
    return response
      .status(201)
      .send(orRefuse(await openInspection(actor, { reviewId: params.reviewId, number, reason }), 409))
  }

  async open({ actor, request, response }: HttpContext) {
    const { params } = await request.validateUsing(inspectionIdValidator)
    return response.status(201).send(orRefuse(await openRecording(actor, params.id), 409))
  }

  async close({ actor, request }: HttpContext) {
    const { params } = await request.validateUsing(inspectionIdValidator)
    return orRefuse(await closeInspection(actor, params.id), 409)
  }

  async finding({ actor, request, response }: HttpContext) {
    const { params, atMs, subject, text } = await request.validateUsing(findingValidator)
    return response
      .status(201)
      .send(await writeFinding(actor, { reviewId: params.reviewId, atMs, subject, text }))
  }

  async contact({ actor, request }: HttpContext) {
    const { params, userId } = await request.validateUsing(contactValidator)
    return revealContact(actor, { reviewId: params.reviewId, userId })
  }
}
