import type { Actor } from '#core/actor'
import { fail, ok, type Result } from '#lib/result'
import type { UnitOfWork } from '#ledger/public'
import { clearDeadline } from '#messages/public'
import { advance, reviewById, reviewStream, type Review } from '#reviews/public'
import type { DrawRow } from '#draw/models/draw'
import type { PlanFacts } from '#draw/plan_facts'
import { seatsOf, touch } from '#draw/queries/draws'

const ENDED = ['CANCELLED', 'VOIDED']
const STILL_HELD = ['INVITED', 'ACCEPTED', 'PANEL', 'ALTERNATE', 'NOT_CHOSEN']

/**
 * Rules DRAW-6, DRAW-9. A plan that was cancelled, renamed or submitted again gets its one draw back, with
 * whoever had left it still gone. Not while another review of it lives, and not for another organiser.
 */
export async function reattachDraw(
  unit: UnitOfWork,
  actor: Actor,
  draw: DrawRow,
  review: Review,
  plan: PlanFacts
): Promise<Result<{ id: string; number: string }, { code: string }>> {
  const earlier = await reviewById(draw.review_id)
  if (draw.organiser_id !== plan.organiser.id || draw.agency_id !== (plan.agency?.id ?? null)) {
    return fail({ code: 'E_DRAW_OF_ANOTHER_ORGANISER', number: draw.number })
  }
  if (!earlier || !ENDED.includes(earlier.state))
    return fail({ code: 'E_PLAN_ALREADY_DRAWN', number: draw.number })
  await unit.update('draws', draw.id, {
    review_id: review.id,
    plan_id: plan.planId,
    meeting_at: null,
    meeting_mode: null,
    meeting_place: null,
    panel_confirmed_at: null,
    panel_is_default: null,
  })
  for (const seat of await seatsOf(draw.id, unit.trx)) {
    if (!STILL_HELD.includes(seat.state)) continue
    await clearDeadline(unit, { objectId: seat.id, kind: 'invitation_answer' })
    await unit.update('draw_seats', seat.id, {
      state: 'DRAWN',
      role: null,
      letter: null,
      invited_at: null,
      answer_due_at: null,
      answered_at: null,
      answered_by: null,
    })
  }
  const payload = { draw: draw.id, drawId: draw.draw_id, from: draw.review_id, to: review.id }
  unit.entry({ stream: reviewStream(draw.review_id), type: 'draw.taken_over', payload })
  if (draw.status === 'completed') {
    const moved = await advance(unit, {
      reviewId: review.id,
      event: 'draw',
      as: actor.kind === 'agency' ? 'agency' : 'organiser',
    })
    if (!moved.ok) return moved
  }
  unit.entry({ stream: reviewStream(review.id), type: 'draw.same_plan', payload })
  await touch(unit.trx, draw.id)
  return ok({ id: draw.id, number: draw.number })
}
