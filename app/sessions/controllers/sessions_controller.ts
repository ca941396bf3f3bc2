import type { HttpContext } from '@adonisjs/core/http'
import { orRefuse } from '#core/exceptions/refusal'
import { acknowledgePlan } from '#sessions/actions/person_in_session'
import { inviteGuest } from '#sessions/actions/invite_guest'
import { scheduleMeeting } from '#sessions/actions/schedule_meeting'
import { overviewFor, sessionsOf } from '#sessions/queries/overview'
import { appointmentValidator, guestValidator } from '#sessions/validators/sessions'

/** Meetings, before and around them. */
export default class SessionsController {
  async index({ actor }: HttpContext) {
    return { sessions: await sessionsOf(actor) }
  }

  async show({ actor, params }: HttpContext) {
    return overviewFor(actor, params.id)
  }

  async schedule({ actor, params, request }: HttpContext) {
    const { at, mode, place } = await request.validateUsing(appointmentValidator)
    return orRefuse(await scheduleMeeting(actor, params.id, { at: new Date(at), mode, place }))
  }

  async guest({ actor, params, request }: HttpContext) {
    return orRefuse(await inviteGuest(actor, params.id, await request.validateUsing(guestValidator)))
  }

  async planOpened({ actor, params }: HttpContext) {
    await acknowledgePlan(actor, params.id)
    return { done: true }
  }
}
