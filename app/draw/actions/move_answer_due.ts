import type { UnitOfWork } from '#ledger/public'
import { setDeadline } from '#messages/public'
import type { DrawRow, SeatRow } from '#draw/models/draw'
import { planFacts } from '#draw/plan_facts'

/** Rule DRAW-7. Moves the end of the time to answer an invitation, and that of its link with it. */
export async function moveAnswerDue(
  unit: UnitOfWork,
  draw: DrawRow,
  seat: SeatRow,
  dueAt: Date
): Promise<void> {
  await unit.update('draw_seats', seat.id, { answer_due_at: dueAt })
  await unit.trx
    .from('draw_invitation_links')
    .where('seat_id', seat.id)
    .whereNull('used_at')
    .update({ expires_at: dueAt })
  const plan = await planFacts(draw.plan_id, unit.trx)
  await setDeadline(unit, {
    objectId: seat.id,
    kind: 'invitation_answer',
    userId: seat.user_id,
    params: { plan: plan.name },
    href: `/invitations/${seat.id}`,
    dueAt,
  })
}
