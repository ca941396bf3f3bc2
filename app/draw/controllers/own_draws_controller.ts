import type { HttpContext } from '@adonisjs/core/http'
import { notFound } from '#core/exceptions/refusal'
import { ownDraw, ownDraws } from '#draw/queries/own_draws'
import { ownDrawValidator } from '#draw/validators/draw'

/** Rule DRAW-9. Draws as an expert sees them: their own place in each, nobody else's. */
export default class OwnDrawsController {
  async index({ actor }: HttpContext) {
    return ownDraws(actor.userId)
  }

  async show({ actor, request }: HttpContext) {
    const { params } = await request.validateUsing(ownDrawValidator)
    const own = await ownDraw(actor.userId, params.drawId)
    if (!own) throw notFound()
    return own
  }
}
