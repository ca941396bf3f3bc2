import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { notFound, orRefuse } from '#core/exceptions/refusal'
import { checkPanelChoice } from '#draw/actions/check_panel_choice'
import { confirmPanel } from '#draw/actions/confirm_panel'
import { inviteExperts } from '#draw/actions/invite_experts'
import { noteCall } from '#draw/actions/note_call'
import { revealContact } from '#draw/actions/reveal_contact'
import { isHost } from '#draw/policies/draw_access'
import { drawById } from '#draw/queries/draws'
import { callValidator, contactValidator, inviteValidator, panelValidator } from '#draw/validators/draw'

/** What the organiser does with the ten: invite, get in touch, put the panel together, confirm it. */
export default class PanelController {
  async invite({ actor, request }: HttpContext) {
    const { params, seatIds, meeting } = await request.validateUsing(inviteValidator)
    if (!(await drawById(params.id))) throw notFound()
    const proposed = meeting && { ...meeting, at: new Date(meeting.at) }
    return orRefuse(await inviteExperts(actor, { drawId: params.id, seatIds, meeting: proposed }))
  }

  async check({ actor, request }: HttpContext) {
    const { params, ...choice } = await request.validateUsing(panelValidator)
    const draw = await drawById(params.id)
    if (!draw || !isHost(actor, { organiserId: draw.organiser_id, agencyId: draw.agency_id }))
      throw notFound()
    return db.transaction((trx) => checkPanelChoice(trx, draw, choice))
  }

  async confirm({ actor, request }: HttpContext) {
    const { params, ...choice } = await request.validateUsing(panelValidator)
    if (!(await drawById(params.id))) throw notFound()
    const { panel } = orRefuse(await confirmPanel(actor, params.id, choice))
    return { panel: panel.map(({ seatId, letter, role }) => ({ seatId, letter, role })) }
  }

  async contact({ actor, request }: HttpContext) {
    const { params, purpose } = await request.validateUsing(contactValidator)
    const seat = { drawId: params.id, seatId: params.seatId }
    return orRefuse(await revealContact(actor, { ...seat, purpose }), 409)
  }

  async call({ actor, request }: HttpContext) {
    const { params, ...call } = await request.validateUsing(callValidator)
    const seat = { drawId: params.id, seatId: params.seatId }
    return orRefuse(await noteCall(actor, { ...seat, ...call }), 409)
  }
}
