import type { HttpContext } from '@adonisjs/core/http'
import { notFound, orRefuse, Refusal } from '#core/exceptions/refusal'
import { canonicalJson } from '#lib/canonical_json'
import { startDraw } from '#draw/actions/start_draw'
import type { DrawRow } from '#draw/models/draw'
import { planFacts } from '#draw/plan_facts'
import { drawSight, isHost, type DrawSight } from '#draw/policies/draw_access'
import { drawEvidence } from '#draw/queries/draw_evidence'
import { drawById, drawOfReview } from '#draw/queries/draws'
import { openQuestionsOf } from '#draw/queries/near_plans'
import { drawView } from '#draw/queries/draw_view'
import { drawPreview } from '#draw/queries/draw_preview'
import { listDraws } from '#draw/queries/list_draws'
import { watchDraw } from '#draw/queries/watch_draws'
import { drawIdValidator, reviewIdValidator } from '#draw/validators/draw'
import { reviewById } from '#reviews/public'

export default class DrawsController {
  async index({ actor }: HttpContext) {
    return listDraws(actor)
  }

  /** Before the draw: what will be drawn by which rules, or the draw that there is already. */
  async preview({ actor, request }: HttpContext) {
    const { params } = await request.validateUsing(reviewIdValidator)
    const review = await reviewById(params.reviewId)
    if (!review) throw notFound()
    const plan = await planFacts(review.planId)
    const host = isHost(actor, { organiserId: plan.organiser.id, agencyId: plan.agency?.id ?? null })
    if (!host && !['centre', 'authority', 'auditor'].includes(actor.kind)) throw notFound()
    const draw = await drawOfReview(review.id)
    const waitsForCentre = (await openQuestionsOf(review.planId)) > 0
    return {
      drawId: draw?.id ?? null,
      ...(await drawPreview(review, plan)),
      waitsForCentre,
      mayStart: host && review.state === 'FORM_CHECKED' && !waitsForCentre,
    }
  }

  async start({ actor, request, response }: HttpContext) {
    const { params } = await request.validateUsing(reviewIdValidator)
    const started = orRefuse(await startDraw(actor, params.reviewId))
    return response.status(202).send(started)
  }

  async show(ctx: HttpContext) {
    const { draw, sight } = await visibleDraw(ctx)
    return drawView(draw, sight, ctx.actor)
  }

  async evidence(ctx: HttpContext) {
    const { draw, sight } = await visibleDraw(ctx)
    if (draw.status !== 'completed') throw notFound()
    const evidence = await drawEvidence(draw, sight === 'supervisor' ? 'supervisor' : 'other')
    return sendEvidence(ctx, draw, canonicalJson(evidence))
  }

  async events(ctx: HttpContext) {
    const { draw } = await visibleDraw(ctx)
    return streamEvents(ctx, draw)
  }
}

export function sendEvidence({ response }: HttpContext, draw: DrawRow, text: string) {
  response.header('content-type', 'application/json; charset=utf-8')
  response.header('content-disposition', `attachment; filename="evidence-${draw.number}.json"`)
  return response.send(text)
}

export function streamEvents({ request, response }: HttpContext, draw: DrawRow) {
  const stream = watchDraw(draw.id, draw.revision, request.ip())
  if (!stream) throw new Refusal(429, 'E_TOO_MANY')
  request.request.once('close', () => stream.destroy())
  response.header('content-type', 'text/event-stream; charset=utf-8')
  response.header('x-accel-buffering', 'no')
  return response.stream(stream)
}

export async function visibleDraw({
  actor,
  request,
}: HttpContext): Promise<{ draw: DrawRow; sight: DrawSight }> {
  const { params } = await request.validateUsing(drawIdValidator)
  const draw = await drawById(params.id)
  const sight = draw && drawSight(actor, draw)
  if (!draw || !sight) throw notFound()
  return { draw, sight }
}
