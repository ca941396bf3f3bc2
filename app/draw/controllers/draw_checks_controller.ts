import type { HttpContext } from '@adonisjs/core/http'
import { notFound } from '#core/exceptions/refusal'
import { checkDraw } from '#draw/actions/check_draw'
import { visibleDraw } from '#draw/controllers/draws_controller'
import { checksOfDraw } from '#draw/queries/draw_checks'

/** The centre's own look at a draw: recomputed from its evidence, and kept (SUP-1). */
export default class DrawChecksController {
  async index(ctx: HttpContext) {
    const { draw } = await visibleDraw(ctx)
    return { checks: await checksOfDraw(draw.id), mayCheck: ctx.actor.kind === 'centre' }
  }

  async store(ctx: HttpContext) {
    const { draw } = await visibleDraw(ctx)
    if (draw.status !== 'completed') throw notFound()
    return ctx.response.status(201).send(await checkDraw(ctx.actor, draw))
  }
}
