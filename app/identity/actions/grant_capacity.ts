import type { CapacityKind } from '#core/actor'
import { newId } from '#core/ids'
import type { UnitOfWork } from '#ledger/public'

/** Lets a person act as something, from now on; returns the capacity's id, also when they had it before. */
export async function grantCapacity(
  unit: UnitOfWork,
  input: { userId: string; kind: CapacityKind; organisationId?: string | null; title?: string }
): Promise<string> {
  const organisationId = input.organisationId ?? null
  const existing = await unit.trx
    .from('memberships')
    .where({ user_id: input.userId, kind: input.kind })
    .whereRaw('organisation_id IS NOT DISTINCT FROM ?::uuid', [organisationId] as any[])
    .whereNull('until_at')
    .first()
  if (existing) return existing.id
  const id = newId()
  await unit.insert('memberships', {
    id,
    user_id: input.userId,
    organisation_id: organisationId,
    kind: input.kind,
    title: input.title ?? null,
    from_at: unit.at,
    until_at: null,
  })
  unit.entry({ stream: 'identity', type: 'capacity.granted', payload: { user: input.userId, capacity: id } })
  return id
}
