import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { notFound, orRefuse, Refusal } from '#core/exceptions/refusal'
import { acceptUpload, uploadFor, uploadStatus } from '#plans/actions/accept_upload'
import { tusServer } from '#plans/intake/tus_server'
import { uploadOwner } from '#plans/intake/upload_store'
import { mayEdit } from '#plans/policies/visible_plans'
import { isUuid, planFor } from '#plans/queries/load_plan'
import { acceptValidator } from '#plans/validators/plan'

/** How many unfinished uploads one person may have on one plan. */
const MOST_OPEN = 5

/** The resumable upload: rights are checked here at each request, the protocol is the tus server's. */
export default class UploadsController {
  async create(ctx: HttpContext) {
    const plan = await planFor(ctx.actor, ctx.params.id)
    if (!mayEdit(ctx.actor, plan)) throw notFound()
    const open = await db
      .from('plan_uploads')
      .where({ plan_id: plan.id, user_id: ctx.actor.userId })
      .whereIn('state', ['receiving', 'received'])
      .count('* as count')
      .first()
    if (Number(open.count) >= MOST_OPEN) await this.#dropOldest(plan.id, ctx.actor.userId)
    return this.#hand(ctx)
  }

  async transfer(ctx: HttpContext) {
    if (!isUuid(ctx.params.uploadId)) throw notFound()
    await uploadFor(ctx.actor, ctx.params.id, ctx.params.uploadId)
    return this.#hand(ctx)
  }

  async show({ actor, params }: HttpContext) {
    if (!isUuid(params.uploadId)) throw notFound()
    return uploadStatus(actor, params.id, params.uploadId)
  }

  async accept({ actor, params, request }: HttpContext) {
    if (!isUuid(params.uploadId)) throw notFound()
    const { note } = await request.validateUsing(acceptValidator)
    return orRefuse(await acceptUpload(actor, params.id, params.uploadId, note), 409)
  }

  async #dropOldest(planId: string, userId: string) {
    const oldest = await db
      .from('plan_uploads')
      .where({ plan_id: planId, user_id: userId })
      .whereIn('state', ['receiving', 'received'])
      .orderBy('created_at')
      .first()
    if (oldest) await tusServer.datastore.remove(oldest.id)
  }

  /** The protocol answers on the raw response; what middleware would add to it does not matter here. */
  async #hand({ actor, params, request, response }: HttpContext) {
    const { request: raw } = request
    if (raw.destroyed) throw new Refusal(400, 'E_CUT')
    await uploadOwner.run({ planId: params.id, userId: actor.userId }, () =>
      tusServer.handle(raw, response.response)
    )
  }
}
