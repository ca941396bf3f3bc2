import type { HttpContext } from '@adonisjs/core/http'
import { notFound, Refusal } from '#core/exceptions/refusal'
import { performOperation } from '#sessions/actions/perform_operation'
import { partsFor } from '#sessions/queries/parts'
import { sessionFor } from '#sessions/queries/overview'
import { readOperation } from '#sessions/validators/room_messages'
import { cursorsValidator } from '#sessions/validators/sessions'

/** The room without a socket: the same operations and parts, by the same rules. */
export default class RoomController {
  async snapshot({ actor, params }: HttpContext) {
    const { viewer } = await sessionFor(actor, params.id)
    return partsFor(params.id, viewer)
  }

  async events({ actor, params, request }: HttpContext) {
    const { viewer } = await sessionFor(actor, params.id)
    return partsFor(params.id, viewer, await cursorsValidator.validate(request.qs()))
  }

  async operate({ actor, params, request }: HttpContext) {
    const operation = await readOperation({ ...request.body(), reviewId: params.id })
    const ack = await performOperation(actor, operation)
    if (ack.ok) return ack
    if (ack.error.code === 'E_NOT_FOUND') throw notFound()
    const { code, ...rest } = ack.error
    throw new Refusal(422, code, rest)
  }
}
