import { newId } from '#core/ids'
import { planKey } from '#lib/draw/plan_key'
import type { UnitOfWork } from '#ledger/public'
import { planIdentityOf } from '#draw/domain/plan_identity'

/**
 * Rules DRAW-6, DRAW-8. Puts an expert's service from before this system on record, so that the month's cap
 * and the bar on reviewing one plan for two organisers hold across the change. Days are YYYY-MM-DD.
 * @throws when the plan's permit or category is empty: the caller has checked its data.
 */
export async function recordEarlierService(
  unit: UnitOfWork,
  service: {
    expertId: string
    plan: { permit: string; part: string; categories: readonly string[] }
    organiserId: string
    agencyId: string | null
    meetingDay: string
  }
): Promise<void> {
  const works = service.plan.categories.map((category) => ({ category, parameters: {} }))
  const identity = planIdentityOf({ permit: service.plan.permit, part: service.plan.part, works }, 1)
  if (!identity.ok) throw new Error(`Earlier service: ${identity.error.code}`)
  await unit.insert('draw_earlier_service', {
    id: newId(),
    expert_id: service.expertId,
    plan_line: planKey(identity.value),
    organiser_id: service.organiserId,
    agency_id: service.agencyId,
    meeting_day: service.meetingDay,
  })
  unit.entry({
    stream: 'registry',
    type: 'expert.earlier_service',
    payload: { expert: service.expertId, meetingDay: service.meetingDay },
  })
}
