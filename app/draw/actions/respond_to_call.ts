import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { regulation } from '#core/jurisdiction'
import { fail, ok, type Result } from '#lib/result'
import { staffOf } from '#identity/public'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { notify } from '#messages/public'
import { invitationAnswerDeadline, reviewStream } from '#reviews/public'
import { giveAnswer } from '#draw/actions/answer_invitation'
import { notifyHosts } from '#draw/actions/complete_draw'
import { moveAnswerDue } from '#draw/actions/move_answer_due'
import { notReached, WHAT_WAS_SAID } from '#draw/domain/three_calls_count_as_not_reached'
import { wakeDraws } from '#draw/jobs/work_off_draws'
import type { DrawRow, SeatRow } from '#draw/models/draw'
import { callsOf } from '#draw/queries/call_outs'
import { lockDraw, touch } from '#draw/queries/draws'

export interface CallResponse {
  readonly seatId: string
  readonly callId: string
  readonly response: 'confirmed' | 'contradicted'
  readonly note: string
}

/**
 * Rule DRAW-7. The expert's own word on a call that somebody noted. Confirming what was noted gives that answer, now, by
 * the expert's own hand. A call that is contradicted counts for nothing, and the time to answer is what it was; the
 * centre is told. The caller has made sure that `actor` holds the place.
 */
export async function respondToCall(
  actor: Actor,
  input: CallResponse
): Promise<Result<{ state: string }, { code: string }>> {
  const result = await recordResult(
    actor,
    async (unit): Promise<Result<{ state: string }, { code: string }>> => {
      await unit.trx
        .from('deadlines')
        .where({ object_id: input.seatId, kind: 'invitation_answer' })
        .forUpdate()
      const held = await unit.trx.from('draw_seats').where('id', input.seatId).firstOrFail()
      const draw = await lockDraw(unit.trx, held.draw_id)
      const seat: SeatRow = await unit.trx.from('draw_seats').where('id', input.seatId).firstOrFail()
      const call = await unit.trx.from('draw_call_outs').where({ id: input.callId, seat_id: seat.id }).first()
      if (!call) throw notFound()
      if (call.response === input.response) return ok({ state: seat.state })
      if (call.response !== null) return fail({ code: 'E_CALL_ANSWERED' })
      await unit.update('draw_call_outs', call.id, {
        response: input.response,
        response_note: input.note || null,
        responded_at: unit.at,
      })
      unit.entry({
        stream: reviewStream(draw.review_id),
        type: `place.call_${input.response}`,
        payload: {
          draw: draw.id,
          drawId: draw.draw_id,
          seat: seat.seat,
          expert: seat.roster_no,
          call: call.id,
        },
      })
      if (input.response === 'contradicted') await countsForNothing(unit, draw, seat)
      await touch(unit.trx, draw.id)
      const said = WHAT_WAS_SAID[call.outcome as keyof typeof WHAT_WAS_SAID]
      if (input.response === 'contradicted' || !said || seat.state !== 'INVITED')
        return ok({ state: seat.state })
      return giveAnswer(unit, {
        seatId: seat.id,
        answer: said,
        reasonCode: call.reason_code,
        reason: call.note,
        by: 'session',
      })
    }
  )
  if (result.ok) wakeDraws()
  return result
}

async function countsForNothing(unit: UnitOfWork, draw: DrawRow, seat: SeatRow): Promise<void> {
  const params = { seat: seat.seat }
  await notifyHosts(unit, draw, 'call.contradicted', params)
  await notify(unit, {
    userIds: (await staffOf('centre')).map(({ userId }) => userId),
    kind: 'call.contradicted',
    params: { number: draw.number, ...params },
    href: `/draws/${draw.id}`,
    objectId: draw.id,
  })
  if (seat.state !== 'INVITED') return
  const inForce = await regulation()
  if (notReached(await callsOf(seat, unit.trx), inForce)) return
  const first = invitationAnswerDeadline(seat.invited_at!, inForce)
  if (first > seat.answer_due_at!) await moveAnswerDue(unit, draw, seat, first)
}
