import { newId } from '#core/ids'
import { companyKey } from '#lib/company_name'
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

/** Enterprises are known by their full name, however its brackets and spaces are typed; asking twice gives the same one. */
export async function createOrganisation(
  unit: UnitOfWork,
  input: { name: string; kind: OrganisationKind }
): Promise<string> {
  const key = companyKey(input.name)
  await unit.trx.rawQuery('SELECT pg_advisory_xact_lock(hashtext(?))', [`organisation/${key}`])
  const existing = await unit.trx.from('organisations').where('name_key', key).orderBy('id').first()
  if (existing) return existing.id
  const id = newId()
  await unit.insert('organisations', {
    id,
    name: input.name,
    name_key: key,
    kind: input.kind,
    created_at: unit.at,
  })
  unit.entry({ stream: 'identity', type: 'organisation.created', payload: { organisation: id } })
  return id
}
