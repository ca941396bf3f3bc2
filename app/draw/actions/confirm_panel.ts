import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { fail, ok, type Result } from '#lib/result'
import { recordResult } from '#ledger/public'
import { notify } from '#messages/public'
import { advance, lockReview } from '#reviews/public'
import { checkPanelChoice, type PanelChoice } from '#draw/actions/check_panel_choice'
import { passOverOthers } from '#draw/actions/pass_over_others'
import { assignLetters } from '#draw/domain/letters_are_never_reassigned'
import { tellPanelConfirmed } from '#draw/hooks/panel_hooks'
import type { SeatRole } from '#draw/models/draw'
import { planFacts } from '#draw/plan_facts'
import { isHost } from '#draw/policies/draw_access'
import { lockDraw, seatsOf, touch } from '#draw/queries/draws'
import { panelOf, type PanelSeat } from '#draw/queries/panel'

/**
 * Rules DRAW-3, DRAW-4, DRAW-10, DRAW-11, DRAW-13. Confirms the panel: leader, members, alternates. What
 * breaks a rule is refused with the whole checklist. Letters are given now and never again to others.
 */
export async function confirmPanel(
  actor: Actor,
  drawId: string,
  choice: PanelChoice
): Promise<Result<{ panel: PanelSeat[] }, { code: string }>> {
  return recordResult(actor, async (unit): Promise<Result<{ panel: PanelSeat[] }, { code: string }>> => {
    const draw = await lockDraw(unit.trx, drawId)
    if (!isHost(actor, { organiserId: draw.organiser_id, agencyId: draw.agency_id })) throw notFound()
    const review = await lockReview(unit.trx, draw.review_id)
    if (review.state !== 'INVITING')
      return fail({ code: 'E_REVIEW_STATE', state: review.state, event: 'confirm_panel' })
    const { checks, ok: valid, isDefault } = await checkPanelChoice(unit.trx, draw, choice)
    if (!valid) return fail({ code: 'E_PANEL_INVALID', checks })
    const seats = await seatsOf(drawId, unit.trx)
    const letters = lettersFor(seats, choice)
    const roleOf = (id: string): SeatRole => {
      if (id === choice.leader) return 'leader'
      return choice.members.includes(id) ? 'member' : 'alternate'
    }
    const chosen = seats.filter(({ id }) => choice.members.includes(id) || choice.alternates.includes(id))
    for (const { id } of chosen) {
      const role = roleOf(id)
      await unit.update('draw_seats', id, {
        state: role === 'alternate' ? 'ALTERNATE' : 'PANEL',
        role,
        letter: letters.get(id),
      })
    }
    await unit.update('draws', drawId, { panel_confirmed_at: unit.at, panel_is_default: isDefault })
    const panel = chosen.map(({ id, seat, roster_no }) => ({
      seat,
      expert: roster_no,
      letter: letters.get(id),
      role: roleOf(id),
    }))
    const moved = await advance(unit, {
      reviewId: review.id,
      event: 'confirm_panel',
      as: actor.kind === 'agency' ? 'agency' : 'organiser',
      payload: {
        drawId: draw.draw_id,
        panel,
        isDefault,
        meetingAt: draw.meeting_at,
        mode: draw.meeting_mode,
      },
    })
    if (!moved.ok) return moved
    const confirmed = (await panelOf(review.id, unit.trx))!
    const plan = await planFacts(draw.plan_id, unit.trx)
    await notify(unit, {
      userIds: confirmed.map(({ userId }) => userId),
      kind: 'panel.confirmed',
      params: { plan: plan.name, meetingAt: draw.meeting_at!.toISOString() },
      href: '/invitations',
      objectId: review.id,
    })
    await passOverOthers(unit, draw, seats, new Set(chosen.map(({ id }) => id)), plan.name)
    await tellPanelConfirmed(unit, {
      reviewId: review.id,
      panel: confirmed,
      meetingAt: draw.meeting_at!,
      mode: draw.meeting_mode!,
    })
    await touch(unit.trx, drawId)
    return ok({ panel: confirmed })
  })
}

function lettersFor(
  seats: readonly { id: string; letter: string | null }[],
  choice: PanelChoice
): Map<string, string> {
  const inOrder = (ids: readonly string[]) => seats.filter(({ id }) => ids.includes(id)).map(({ id }) => id)
  const known = new Map(seats.flatMap(({ id, letter }) => (letter ? [[id, letter] as const] : [])))
  return assignLetters(choice.leader!, inOrder(choice.members), inOrder(choice.alternates), known)
}
