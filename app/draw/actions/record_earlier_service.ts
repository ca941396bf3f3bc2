import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { newId } from '#core/ids'
import { fail, ok, type Result } from '#lib/result'
import { planKey } from '#lib/draw/plan_key'
import { createOrganisation } from '#identity/public'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { planIdentityOf } from '#draw/domain/plan_identity'

interface PlanName {
  readonly permit: string
  readonly part: string
  readonly categories: readonly string[]
}

export interface EarlierService {
  readonly expertId: string
  readonly plan: PlanName
  readonly organiserId: string
  readonly agencyId: string | null
  /** YYYY-MM-DD. */
  readonly meetingDay: string
}

/**
 * Rules DRAW-6, DRAW-8. Puts an expert's service from before this system on record, so that the month's cap
 * and the bar on reviewing one plan for two organisers hold across the change. The same service again changes
 * nothing.
 */
export async function recordEarlierService(
  unit: UnitOfWork,
  service: EarlierService
): Promise<Result<{ id: string }, { code: 'E_DRAW_PLAN_IDENTITY'; why: string }>> {
  const { permit, part, categories } = service.plan
  const works = categories.map((category) => ({ category, parameters: {} }))
  const identity = planIdentityOf({ permit, part, works }, 1)
  if (!identity.ok) return fail({ code: 'E_DRAW_PLAN_IDENTITY', why: identity.error.code })
  const row = {
    expert_id: service.expertId,
    plan_line: planKey(identity.value),
    organiser_id: service.organiserId,
    agency_id: service.agencyId,
    meeting_day: service.meetingDay,
  }
  const before = await unit.trx.from('draw_earlier_service').where(row).first()
  if (before) return ok({ id: before.id })
  const id = newId()
  const { round: _, ...plan } = identity.value
  await unit.insert('draw_earlier_service', { id, ...row, plan })
  unit.entry({
    stream: 'registry',
    type: 'expert.earlier_service',
    payload: { expert: service.expertId, meetingDay: service.meetingDay },
  })
  return ok({ id })
}

export interface EarlierServiceForm {
  readonly expertId: string
  readonly plan: PlanName
  readonly organiser: string
  readonly agency: string | null
  readonly meetingDay: string
}

/** Rules DRAW-6, DRAW-8. The centre enters it from its own files; enterprises by their full name. */
export function enterEarlierService(actor: Actor, form: EarlierServiceForm) {
  return recordResult(actor, async (unit) => {
    const expert = await unit.trx.from('experts').where('id', form.expertId).forUpdate().first()
    if (!expert) throw notFound()
    const organiserId = await createOrganisation(unit, { name: form.organiser, kind: 'contractor' })
    const agencyId = form.agency && (await createOrganisation(unit, { name: form.agency, kind: 'agency' }))
    const { expertId, plan, meetingDay } = form
    return recordEarlierService(unit, { expertId, plan, organiserId, agencyId, meetingDay })
  })
}
