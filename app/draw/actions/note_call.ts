import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { newId } from '#core/ids'
import { regulation } from '#core/jurisdiction'
import { fail, ok, type Result } from '#lib/result'
import { recordResult } from '#ledger/public'
import { notify } from '#messages/public'
import { laterByDay, lockReview, reviewStream } from '#reviews/public'
import { notifyHosts } from '#draw/actions/complete_draw'
import { reasonIsGiven } from '#draw/domain/reasons_of_leaving'
import {
  callMayBeNoted,
  notReached,
  WHAT_WAS_SAID,
  type CallOutcome,
} from '#draw/domain/three_calls_count_as_not_reached'
import type { DrawRow, SeatRow } from '#draw/models/draw'
import { moveAnswerDue } from '#draw/actions/move_answer_due'
import { planFacts } from '#draw/plan_facts'
import { mayCall } from '#draw/policies/draw_access'
import { callsOf } from '#draw/queries/call_outs'
import { touch } from '#draw/queries/draws'
import { openContacts } from '#draw/queries/open_contacts'

export interface NewCall {
  readonly drawId: string
  readonly seatId: string
  readonly outcome: CallOutcome
  readonly reasonCode: string | null
  readonly note: string
}

const MINUTE = 60_000

/**
 * Rule DRAW-7. A telephone call to an invited expert, noted by whoever made it, at the moment of noting it. It gives no
 * answer: what the expert said counts once they have confirmed it themselves. After the last call that the regulation
 * asks for, all in vain, the time to answer shortens; who then stays silent counts as not reached. The expert is told
 * of each call. Only who holds the number open can have called it.
 */
export async function noteCall(
  actor: Actor,
  input: NewCall
): Promise<Result<{ id: string; number: number }, { code: string }>> {
  const inForce = await regulation()
  return recordResult(
    actor,
    async (unit): Promise<Result<{ id: string; number: number }, { code: string }>> => {
      // Before the draw, as the scan of deadlines does.
      await unit.trx
        .from('deadlines')
        .where({ object_id: input.seatId, kind: 'invitation_answer' })
        .forUpdate()
      const draw: DrawRow | null = await unit.trx.from('draws').where('id', input.drawId).forUpdate().first()
      const seat: SeatRow | null = await unit.trx
        .from('draw_seats')
        .where({ id: input.seatId, draw_id: input.drawId })
        .first()
      if (!draw || !seat || !mayCall(actor, draw)) throw notFound()
      const review = await lockReview(unit.trx, draw.review_id)
      if (seat.state !== 'INVITED' || review.state !== 'INVITING')
        return fail({ code: 'E_PLACE_STATE', state: seat.state })
      if (!(await openContacts(actor, draw.id, unit.at, unit.trx)).has(seat.user_id))
        return fail({ code: 'E_CONTACT_NOT_OPEN' })
      const said = WHAT_WAS_SAID[input.outcome]
      if (said && !reasonIsGiven(said, input.reasonCode, input.note))
        return fail({ code: 'E_REASON_MISSING' })
      const before = await callsOf(seat, unit.trx)
      const may = callMayBeNoted(before, unit.at, inForce)
      if (!may.ok) return may
      const { number } = may.value
      const id = newId()
      const reasonCode = said && said !== 'accept' ? input.reasonCode : null
      const call = { called_at: unit.at, outcome: input.outcome, response: null }
      await unit.insert('draw_call_outs', {
        id,
        draw_id: draw.id,
        seat_id: seat.id,
        called_at: unit.at,
        by_user_id: actor.userId,
        by_membership_id: actor.capacityId,
        outcome: input.outcome,
        reason_code: reasonCode,
        note: input.note,
      })
      unit.entry({
        stream: reviewStream(draw.review_id),
        type: 'place.called',
        payload: {
          draw: draw.id,
          drawId: draw.draw_id,
          seat: seat.seat,
          expert: seat.roster_no,
          call: id,
          number,
          outcome: input.outcome,
          reasonCode,
        },
      })
      const last = notReached([...before, call], inForce)
      const minutes = inForce.values['call_out.minutes_to_object'].value
      const until = laterByDay(unit.at, minutes * MINUTE, inForce)
      if (last && until < seat.answer_due_at!) await moveAnswerDue(unit, draw, seat, until)
      const plan = await planFacts(draw.plan_id, unit.trx)
      await notify(unit, {
        userIds: [seat.user_id],
        kind: last ? 'call.last' : said ? 'call.said' : 'call.in_vain',
        params: { plan: plan.name, number, minutes },
        href: `/invitations/${seat.id}`,
        objectId: seat.id,
      })
      if (last) await notifyHosts(unit, draw, 'call.not_reached', { seat: seat.seat, minutes })
      await touch(unit.trx, draw.id)
      return ok({ id, number })
    }
  )
}
