import type { HttpContext } from '@adonisjs/core/http'
import { orRefuse } from '#core/exceptions/refusal'
import { addToGroup, leaveGroup } from '#registry/actions/keep_groups'
import { companyGroups } from '#registry/queries/groups'
import { groupLeavingValidator, groupMemberValidator } from '#registry/validators/library'

/** Groups of companies, which a regulation may count as one employer (DRAW-5). */
export default class GroupsController {
  async index() {
    return { groups: await companyGroups() }
  }

  async join({ actor, request }: HttpContext) {
    return orRefuse(await addToGroup(actor, await request.validateUsing(groupMemberValidator)), 409)
  }

  async leave({ actor, request }: HttpContext) {
    const { params, ...form } = await request.validateUsing(groupLeavingValidator)
    return orRefuse(await leaveGroup(actor, { ...params, ...form }), 409)
  }
}
