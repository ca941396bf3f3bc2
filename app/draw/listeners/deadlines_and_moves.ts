import { SYSTEM_ACTOR } from '#core/actor'
import { regulation } from '#core/jurisdiction'
import { record } from '#ledger/public'
import { clearDeadline, notify, onDeadlinePassed } from '#messages/public'
import { onReviewMoved, reviewStream } from '#reviews/public'
import { notifyHosts } from '#draw/actions/complete_draw'
import { leaveSeat } from '#draw/actions/leave_seat'
import { notReached } from '#draw/domain/three_calls_count_as_not_reached'
import { wakeDraws } from '#draw/jobs/work_off_draws'
import type { SeatRow } from '#draw/models/draw'
import { planFacts } from '#draw/plan_facts'
import { callsOf } from '#draw/queries/call_outs'
import { drawOfReview, lockDraw, seatsOf } from '#draw/queries/draws'

const OPEN = ['INVITED', 'ACCEPTED', 'PANEL', 'ALTERNATE']

/** Rule DRAW-7. Who has not answered by the deadline has given the place up, and is told so; so has who could not be reached. */
onDeadlinePassed('invitation_answer', async (unit, deadline) => {
  const place = await unit.trx
    .from('draw_seats')
    .where('id', deadline.object_id)
    .select('draw_id')
    .firstOrFail()
  const draw = await lockDraw(unit.trx, place.draw_id)
  const seat: SeatRow = await unit.trx.from('draw_seats').where('id', deadline.object_id).firstOrFail()
  if (seat.state !== 'INVITED') return
  const unreached = notReached(await callsOf(seat, unit.trx), await regulation())
  await leaveSeat(unit, draw, seat, {
    event: 'let_pass',
    by: 'program',
    answeredBy: null,
    reasonCode: unreached ? 'not_reached' : null,
    reason: null,
  })
  const plan = await planFacts(draw.plan_id, unit.trx)
  await notify(unit, {
    userIds: [seat.user_id],
    kind: unreached ? 'call.given_up' : 'invitation.given_up',
    params: { plan: plan.name },
    href: `/invitations/${seat.id}`,
    objectId: seat.id,
  })
  await notifyHosts(unit, draw, 'invitation.no_answer', { seat: seat.seat })
  unit.afterCommit(wakeDraws)
})

/** Rule DRAW-13. A review that is called off: whoever was asked is told, and nobody's silence counts. */
onReviewMoved(async ({ review, event }) => {
  if (event !== 'cancel' && event !== 'void') return
  const draw = await drawOfReview(review.id)
  if (!draw) return
  await record(SYSTEM_ACTOR, async (unit) => {
    await lockDraw(unit.trx, draw.id)
    const asked = (await seatsOf(draw.id, unit.trx)).filter(({ state }) => OPEN.includes(state))
    if (asked.length === 0) return
    for (const { id } of asked) await clearDeadline(unit, { objectId: id, kind: 'invitation_answer' })
    await unit.trx
      .from('draw_invitation_links')
      .whereIn(
        'seat_id',
        asked.map(({ id }) => id)
      )
      .whereNull('used_at')
      .update({ used_at: unit.at })
    const plan = await planFacts(draw.plan_id, unit.trx)
    await notify(unit, {
      userIds: asked.map(({ user_id }) => user_id),
      kind: 'invitation.called_off',
      params: { plan: plan.name },
      href: '/invitations',
      objectId: draw.id,
    })
    unit.entry({
      stream: reviewStream(review.id),
      type: 'draw.called_off',
      payload: { drawId: draw.draw_id, seats: asked.map(({ seat }) => seat) },
    })
  })
})
