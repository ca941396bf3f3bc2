import type { HttpContext } from '@adonisjs/core/http'
import { orRefuse } from '#core/exceptions/refusal'
import { confirmCapacity, endCapacity } from '#identity/actions/judge_capacity'
import { officeCapacities } from '#identity/queries/office_capacities'
import { capacityIdValidator, endCapacityValidator } from '#identity/validators/office_capacities'

/** Who may act for centre, authority and administration, looked over by security administration (ORG-4). */
export default class OfficeCapacitiesController {
  async index({ actor }: HttpContext) {
    return { capacities: await officeCapacities(actor) }
  }

  async confirm({ actor, request, response }: HttpContext) {
    const { params } = await request.validateUsing(capacityIdValidator)
    orRefuse(await confirmCapacity(actor, params.id), 409)
    return response.status(204).send('')
  }

  async end({ actor, request, response }: HttpContext) {
    const { params, reason } = await request.validateUsing(endCapacityValidator)
    orRefuse(await endCapacity(actor, params.id, reason), 409)
    return response.status(204).send('')
  }
}
