import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { newId } from '#core/ids'
import { fail, ok, type Result } from '#lib/result'
import { createOrganisation } from '#identity/public'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { groupMembershipFits, type GroupError } from '#registry/domain/a_company_is_in_one_group'

/** Groups of companies (集团) by their name; asking twice gives the same one. */
export async function foundGroup(unit: UnitOfWork, name: string): Promise<string> {
  await unit.trx.rawQuery('SELECT pg_advisory_xact_lock(hashtext(?))', [`company-group/${name}`])
  const existing = await unit.trx.from('company_groups').where('name', name).first()
  if (existing) return existing.id
  const id = newId()
  await unit.insert('company_groups', { id, name, created_at: unit.at })
  unit.entry({ stream: 'registry', type: 'company_group.founded', payload: { group: id, name } })
  return id
}

export interface Joining {
  readonly groupId: string
  readonly organisationId: string
  /** Null: since ever. Both days are included. */
  readonly from: string | null
  readonly until: string | null
  readonly reason: string
}

/** Rule DRAW-5. Puts a company into a group; a second time with the same days changes nothing. */
export async function joinGroup(
  unit: UnitOfWork,
  { groupId, organisationId, from, until, reason }: Joining
): Promise<Result<{ id: string }, GroupError>> {
  await unit.trx.from('organisations').where('id', organisationId).forUpdate()
  const rows = await unit.trx.from('company_group_members').where('organisation_id', organisationId)
  const same = rows.find(
    (row) => row.group_id === groupId && row.from_day === from && row.until_day === until
  )
  if (same) return ok({ id: same.id })
  const fits = groupMembershipFits(
    { from, until },
    rows.map((row) => ({ from: row.from_day, until: row.until_day }))
  )
  if (!fits.ok) return fits
  const id = newId()
  await unit.insert('company_group_members', {
    id,
    group_id: groupId,
    organisation_id: organisationId,
    from_day: from,
    until_day: until,
  })
  const payload = { group: groupId, organisation: organisationId, from, until, reason }
  unit.entry({ stream: 'registry', type: 'company_group.joined', payload })
  return ok({ id })
}

/** Rule DRAW-5. The centre's form: a company, by its full name, in a group, by its name. */
export function addToGroup(
  actor: Actor,
  form: { group: string; company: string; from: string | null; until: string | null; reason: string }
): Promise<Result<{ id: string }, GroupError>> {
  return recordResult(actor, async (unit) => {
    const groupId = await foundGroup(unit, form.group)
    const organisationId = await createOrganisation(unit, { name: form.company, kind: 'employer' })
    return joinGroup(unit, { ...form, groupId, organisationId })
  })
}

/** Rule DRAW-5. A company leaves its group; the day is its last there. */
export function leaveGroup(
  actor: Actor,
  form: { memberId: string; until: string; reason: string }
): Promise<Result<{ id: string }, GroupError | { code: 'E_NOT_IN_GROUP' }>> {
  return recordResult(
    actor,
    async (unit): Promise<Result<{ id: string }, GroupError | { code: 'E_NOT_IN_GROUP' }>> => {
      const row = await unit.trx.from('company_group_members').where('id', form.memberId).forUpdate().first()
      if (!row) throw notFound()
      if (row.until_day === form.until) return ok({ id: row.id })
      if (row.until_day !== null) return fail({ code: 'E_NOT_IN_GROUP' })
      const fits = groupMembershipFits({ from: row.from_day, until: form.until }, [])
      if (!fits.ok) return fits
      await unit.update('company_group_members', row.id, { until_day: form.until })
      const payload = { group: row.group_id, organisation: row.organisation_id, ...form }
      unit.entry({ stream: 'registry', type: 'company_group.left', payload })
      return ok({ id: row.id })
    }
  )
}
