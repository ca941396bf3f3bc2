import db from '@adonisjs/lucid/services/db'
import { STAFF, type Actor, type CapacityKind } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { mayJudgeCapacity } from '#identity/domain/nobody_confirms_their_own_capacity'

export interface OfficeCapacity {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly kind: CapacityKind
  readonly title: string | null
  readonly organisation: string | null
  readonly since: string
  readonly secondFactor: boolean
  readonly confirmed: { by: string; at: string } | null
  /** Whether the reader may confirm or end it. */
  readonly mine: boolean
}

/** ORG-4: who holds an office capacity today; those nobody has confirmed come first. */
export async function officeCapacities(actor: Actor): Promise<OfficeCapacity[]> {
  const now = businessNow()
  const rows = await db
    .from('memberships as m')
    .join('users as u', 'u.id', 'm.user_id')
    .leftJoin('organisations as o', 'o.id', 'm.organisation_id')
    .leftJoin('capacity_confirmations as c', 'c.membership_id', 'm.id')
    .leftJoin('users as b', 'b.id', 'c.by_user_id')
    .whereIn('m.kind', [...STAFF])
    .where('m.from_at', '<=', now)
    .where((open) => void open.whereNull('m.until_at').orWhere('m.until_at', '>', now))
    .whereNull('u.disabled_at')
    .orderByRaw('c.at IS NOT NULL, m.from_at, m.id')
    .select('m.*', 'u.name', 'o.name as organisation', 'c.at as confirmed_at', 'b.name as confirmed_by')
    .select(db.raw('u.totp_secret_encrypted IS NOT NULL AS second_factor'))
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    name: row.name,
    kind: row.kind,
    title: row.title,
    organisation: row.organisation,
    since: row.from_at.toISOString(),
    secondFactor: row.second_factor,
    confirmed: row.confirmed_at ? { by: row.confirmed_by, at: row.confirmed_at.toISOString() } : null,
    mine: mayJudgeCapacity(actor, { userId: row.user_id, kind: row.kind }),
  }))
}
