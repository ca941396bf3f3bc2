import type { HttpContext } from '@adonisjs/core/http'
import { orRefuse } from '#core/exceptions/refusal'
import { beginNextRound } from '#plans/actions/begin_next_round'
import { changeContent } from '#plans/actions/change_content'
import { changeParties } from '#plans/actions/change_parties'
import { changePlanData, changeWorks } from '#plans/actions/change_plan'
import { createPlan } from '#plans/actions/create_plan'
import { organiseReview } from '#plans/actions/organise_review'
import { listPlans } from '#plans/queries/list_plans'
import { planDetail } from '#plans/queries/plan_detail'
import {
  contentValidator,
  listValidator,
  newPlanValidator,
  organiseValidator,
  partiesValidator,
  planDataValidator,
  worksValidator,
} from '#plans/validators/plan'
import { workInput } from '#plans/validators/work_input'

const PER_PAGE = 20

/** Plans as their writers and all others work with them. */
export default class PlansController {
  async index({ actor, request }: HttpContext) {
    const { search = '', state = '', page = 1 } = await listValidator.validate(request.qs())
    return listPlans(actor, { search, states: state.split(',').filter(Boolean), page, perPage: PER_PAGE })
  }

  async store({ actor, request, response }: HttpContext) {
    const input = await request.validateUsing(newPlanValidator)
    return response.status(201).send(await createPlan(actor, { ...input, works: input.works.map(workInput) }))
  }

  async show({ actor, params }: HttpContext) {
    return planDetail(actor, params.id)
  }

  async update({ actor, params, request }: HttpContext) {
    return orRefuse(
      await changePlanData(actor, params.id, await request.validateUsing(planDataValidator)),
      409
    )
  }

  async works({ actor, params, request }: HttpContext) {
    const { works } = await request.validateUsing(worksValidator)
    return orRefuse(await changeWorks(actor, params.id, works.map(workInput)), 409)
  }

  async parties({ actor, params, request }: HttpContext) {
    const { parties } = await request.validateUsing(partiesValidator)
    return orRefuse(await changeParties(actor, params.id, parties), 409)
  }

  async content({ actor, params, request }: HttpContext) {
    return orRefuse(
      await changeContent(
        actor,
        params.id,
        Number(params.number),
        await request.validateUsing(contentValidator)
      ),
      409
    )
  }

  async nextRound({ actor, params, response }: HttpContext) {
    return response.status(201).send(orRefuse(await beginNextRound(actor, params.id), 409))
  }

  async organise({ actor, params, request }: HttpContext) {
    const { meetingProposedAt, ...input } = await request.validateUsing(organiseValidator)
    return orRefuse(
      await organiseReview(actor, params.id, {
        ...input,
        meetingProposedAt: meetingProposedAt ? new Date(meetingProposedAt) : null,
      }),
      409
    )
  }
}
