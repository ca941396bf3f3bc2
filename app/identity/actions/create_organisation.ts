import { newId } from '#core/ids'
import type { UnitOfWork } from '#ledger/public'

export type OrganisationKind =
  | 'contractor'
  | 'agency'
  | 'owner'
  | 'designer'
  | 'surveyor'
  | 'supervisor'
  | 'monitor'
  | 'employer'
  | 'centre'
  | 'authority'

/** Enterprises are known by their full name; asking twice gives the same one. */
export async function createOrganisation(
  unit: UnitOfWork,
  input: { name: string; kind: OrganisationKind }
): Promise<string> {
  await unit.trx.rawQuery('SELECT pg_advisory_xact_lock(hashtext(?))', [`organisation/${input.name}`])
  const existing = await unit.trx.from('organisations').where('name', input.name).first()
  if (existing) return existing.id
  const id = newId()
  await unit.insert('organisations', {
    id,
    name: input.name,
    kind: input.kind,
    created_at: unit.at,
  })
  unit.entry({ stream: 'identity', type: 'organisation.created', payload: { organisation: id } })
  return id
}
