import type { HttpContext } from '@adonisjs/core/http'
import { orRefuse } from '#core/exceptions/refusal'
import { enterEarlierService } from '#draw/actions/record_earlier_service'
import { expertService } from '#draw/queries/expert_service'
import { earlierServiceValidator, serviceValidator } from '#draw/validators/service'

/** What an expert of the library has served in, for the offices. */
export default class ExpertServiceController {
  async index({ request }: HttpContext) {
    const { params } = await request.validateUsing(serviceValidator)
    return expertService(params.expertId)
  }

  async store({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(earlierServiceValidator)
    return orRefuse(await enterEarlierService(actor, { ...params, ...form }))
  }
}
