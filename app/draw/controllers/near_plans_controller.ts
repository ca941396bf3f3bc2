import type { HttpContext } from '@adonisjs/core/http'
import { orRefuse } from '#core/exceptions/refusal'
import { answerNearPlan } from '#draw/actions/answer_near_plan'
import { nearPlans, nearPlanView } from '#draw/queries/near_plans'
import { nearPlanAnswerValidator, nearPlanIdValidator } from '#draw/validators/near_plan'

/** Plans that may be earlier ones, renamed or submitted again: the centre says which (DRAW-6). */
export default class NearPlansController {
  async index() {
    return { questions: await nearPlans() }
  }

  async show({ actor, request }: HttpContext) {
    const { params } = await request.validateUsing(nearPlanIdValidator)
    return { ...(await nearPlanView(params.nearId)), mayAnswer: actor.kind === 'centre' }
  }

  async answer({ actor, request }: HttpContext) {
    const { params, ...answer } = await request.validateUsing(nearPlanAnswerValidator)
    return orRefuse(await answerNearPlan(actor, { id: params.nearId, ...answer }), 409)
  }
}
