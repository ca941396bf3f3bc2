import type { HttpContext } from '@adonisjs/core/http'
import { notFound, orRefuse } from '#core/exceptions/refusal'
import { enterLeave, takeLeaveBack } from '#registry/actions/change_leaves'
import { declareInterest, endInterest } from '#registry/actions/declare_interests'
import { setOwnCap } from '#registry/actions/set_caps'
import type { Expert } from '#registry/models/expert'
import { expertRecord } from '#registry/queries/expert_record'
import { expertOfUser } from '#registry/queries/experts'
import * as validators from '#registry/validators/library'

/** An expert's own record: leave, a lower cap and interests are theirs; the rest is the centre's to change. */
export default class OwnRecordController {
  async show(ctx: HttpContext) {
    return expertRecord(await ownExpert(ctx), 'own')
  }

  async enterLeave(ctx: HttpContext) {
    const form = await ctx.request.validateUsing(validators.ownLeaveValidator)
    return orRefuse(await enterLeave(ctx.actor, { ...form, expertId: (await ownExpert(ctx)).id }), 409)
  }

  async takeLeaveBack(ctx: HttpContext) {
    const { params, ...form } = await ctx.request.validateUsing(validators.ownLeaveRemovalValidator)
    const { id: expertId } = await ownExpert(ctx)
    return orRefuse(await takeLeaveBack(ctx.actor, { ...params, ...form, expertId }), 409)
  }

  async setCap(ctx: HttpContext) {
    const form = await ctx.request.validateUsing(validators.ownCapValidator)
    return orRefuse(await setOwnCap(ctx.actor, { ...form, expertId: (await ownExpert(ctx)).id }), 409)
  }

  async declareInterest(ctx: HttpContext) {
    const form = await ctx.request.validateUsing(validators.ownInterestValidator)
    return orRefuse(await declareInterest(ctx.actor, { ...form, expertId: (await ownExpert(ctx)).id }), 409)
  }

  async endInterest(ctx: HttpContext) {
    const { params, ...form } = await ctx.request.validateUsing(validators.ownInterestEndValidator)
    const { id: expertId } = await ownExpert(ctx)
    return orRefuse(await endInterest(ctx.actor, { ...params, ...form, expertId }), 409)
  }
}

async function ownExpert({ actor }: HttpContext): Promise<Expert> {
  const expert = await expertOfUser(actor.userId)
  if (!expert) throw notFound()
  return expert
}
