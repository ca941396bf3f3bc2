import db from '@adonisjs/lucid/services/db'
import type { Actor, CapacityKind } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'

export interface Capacity {
  readonly id: string
  readonly kind: CapacityKind
  readonly title: string | null
  readonly organisation: { id: string; name: string } | null
}

function active() {
  const now = businessNow()
  return db
    .from('memberships')
    .leftJoin('organisations', 'organisations.id', 'memberships.organisation_id')
    .where('memberships.from_at', '<=', now)
    .where((query) => query.whereNull('memberships.until_at').orWhere('memberships.until_at', '>', now))
    .select('memberships.*', 'organisations.name as organisation_name')
    .orderBy('memberships.from_at')
}

/** What a person may act as today. */
export async function capacitiesOf(userId: string): Promise<Capacity[]> {
  const rows = await active().where('memberships.user_id', userId)
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    title: row.title,
    organisation: row.organisation_id ? { id: row.organisation_id, name: row.organisation_name } : null,
  }))
}

/** Nobody, when the capacity has ended or the account is disabled: access ends with the next request. */
export async function actorFor(userId: string, capacityId: string): Promise<Actor | null> {
  const row = await active()
    .join('users', 'users.id', 'memberships.user_id')
    .where('memberships.user_id', userId)
    .where('memberships.id', capacityId)
    .whereNull('users.disabled_at')
    .select('users.name as user_name')
    .first()
  if (!row) return null
  return { userId, name: row.user_name, capacityId, kind: row.kind, organisationId: row.organisation_id }
}

/** The people of an organisation who hold one of these capacities today. */
export async function peopleOf(
  organisationId: string,
  kinds: readonly CapacityKind[]
): Promise<{ userId: string; name: string }[]> {
  const rows = await active()
    .join('users', 'users.id', 'memberships.user_id')
    .where('memberships.organisation_id', organisationId)
    .whereIn('memberships.kind', [...kinds])
    .whereNull('users.disabled_at')
    .select('users.name as user_name')
  return rows.map((row) => ({ userId: row.user_id, name: row.user_name }))
}

/** Everybody who holds a capacity that belongs to the whole jurisdiction (centre, authority). */
export async function staffOf(kind: CapacityKind): Promise<{ userId: string; name: string }[]> {
  const rows = await active()
    .join('users', 'users.id', 'memberships.user_id')
    .where('memberships.kind', kind)
    .whereNull('users.disabled_at')
    .select('users.name as user_name')
  return rows.map((row) => ({ userId: row.user_id, name: row.user_name }))
}
