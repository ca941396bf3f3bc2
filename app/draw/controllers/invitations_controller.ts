import type { HttpContext } from '@adonisjs/core/http'
import { notFound, orRefuse } from '#core/exceptions/refusal'
import { answerInvitation } from '#draw/actions/answer_invitation'
import { respondToCall } from '#draw/actions/respond_to_call'
import { invitationsOf, invitationView, ownSeat } from '#draw/queries/invitations'
import { expertActor, seatOfLink } from '#draw/queries/invitation_link'
import {
  answerValidator,
  callResponseValidator,
  linkAnswerValidator,
  linkValidator,
  seatIdValidator,
} from '#draw/validators/draw'

/** An expert's answers: in their own session, or by the link in their own message. */
export default class InvitationsController {
  async index({ actor }: HttpContext) {
    return { invitations: await invitationsOf(actor.userId) }
  }

  async show({ actor, request }: HttpContext) {
    const { params } = await request.validateUsing(seatIdValidator)
    const seat = await ownSeat(actor.userId, params.seatId)
    if (!seat) throw notFound()
    return invitationView(seat)
  }

  async answer({ actor, request }: HttpContext) {
    const { params, ...answer } = await request.validateUsing(answerValidator)
    const seat = await ownSeat(actor.userId, params.seatId)
    if (!seat) throw notFound()
    return orRefuse(await answerInvitation(actor, { seatId: seat.id, ...answer, by: 'session' }), 409)
  }

  async respond({ actor, request }: HttpContext) {
    const { params, ...response } = await request.validateUsing(callResponseValidator)
    const seat = await ownSeat(actor.userId, params.seatId)
    if (!seat) throw notFound()
    return orRefuse(await respondToCall(actor, { seatId: seat.id, callId: params.callId, ...response }), 409)
  }

  /** By POST, so that the token stands in no address and no log. */
  async showByLink({ request }: HttpContext) {
    const { token } = await request.validateUsing(linkValidator)
    return invitationView(orRefuse(await seatOfLink(token), 410))
  }

  async answerByLink({ request }: HttpContext) {
    const { token, ...answer } = await request.validateUsing(linkAnswerValidator)
    const seat = orRefuse(await seatOfLink(token), 410)
    const actor = await expertActor(seat)
    return orRefuse(await answerInvitation(actor, { seatId: seat.id, ...answer, by: 'link' }), 409)
  }
}
