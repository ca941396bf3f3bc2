import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Employment, Expert, ExpertStatus, Interest, Leave } from '#registry/models/expert'

const SELECT = `
  SELECT e.*,
    -- Not joined: of a hundred thousand users, those of a pool are looked up one by one, not all read.
    (SELECT u.name FROM users u WHERE u.id = e.user_id) AS name,
    COALESCE((
      SELECT json_agg(json_build_object(
        'id', m.id, 'organisationId', o.id, 'name', o.name,
        'from', m.from_day, 'until', m.until_day, 'retiredFrom', m.retired_from
      ) ORDER BY m.from_day DESC, o.id)
      FROM expert_employments m JOIN organisations o ON o.id = m.organisation_id WHERE m.expert_id = e.id
    ), '[]') AS employments,
    COALESCE((
      SELECT json_agg(json_build_object('id', l.id, 'from', l.from_day, 'until', l.until_day, 'reason', l.reason)
        ORDER BY l.from_day)
      FROM expert_leaves l WHERE l.expert_id = e.id AND l.withdrawn_at IS NULL
    ), '[]') AS leaves,
    COALESCE((
      SELECT json_agg(json_build_object(
        'id', i.id, 'organisationId', o.id, 'name', o.name, 'kind', i.kind, 'note', i.note,
        'from', i.from_day, 'until', i.until_day
      ) ORDER BY i.from_day DESC, o.id)
      FROM expert_interests i JOIN organisations o ON o.id = i.organisation_id WHERE i.expert_id = e.id
    ), '[]') AS interests
  FROM experts e`

function toExpert(row: any): Expert {
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    rosterNo: row.roster_no,
    status: row.status,
    grade: row.grade,
    title: row.title,
    position: row.position,
    certificateNo: row.certificate_no,
    specialties: row.specialties,
    methodTags: row.method_tags,
    categories: row.categories,
    termFrom: row.term_from,
    termUntil: row.term_until,
    monthlyCap: row.monthly_cap,
    ownMonthlyCap: row.own_monthly_cap,
    birthYear: row.birth_year,
    homeCity: row.home_city,
    revision: row.revision,
    employments: row.employments as Employment[],
    leaves: row.leaves as Leave[],
    interests: row.interests as Interest[],
  }
}

/** Whom a draw reads of the library: who holds one of these specialties, and these people. */
export interface LibraryPart {
  readonly specialties: readonly string[]
  readonly ids: readonly string[]
}

/** Part of the library by roster number, in the transaction's snapshot: what a draw's pool is made from. */
export async function libraryForDraw(trx: TransactionClientContract, part: LibraryPart): Promise<Expert[]> {
  const result = await trx.rawQuery(
    `${SELECT} WHERE e.specialties \\?| ? OR e.id = ANY(?) ORDER BY e.roster_no`,
    [[...part.specialties], [...part.ids]]
  )
  return result.rows.map(toExpert)
}

/** Specialties that were taken off somebody on or after a day (YYYY-MM-DD), by expert id. */
export async function specialtiesHeldBefore(
  trx: TransactionClientContract,
  since: string
): Promise<Map<string, string[]>> {
  const result = await trx.rawQuery(
    `SELECT expert_id, array_agg(DISTINCT held) AS held FROM expert_changes,
       jsonb_array_elements_text(before -> 'specialties') AS held
     WHERE what = 'specialties' AND at >= ? GROUP BY expert_id`,
    [since]
  )
  return new Map(result.rows.map((row: any) => [row.expert_id, row.held]))
}

const ADMITTED: readonly ExpertStatus[] = ['listed', 'suspended', 'expired', 'removed']

/** How many experts the library holds, whatever their specialty; applicants are not in it yet (REG-1). */
export async function librarySize(trx: TransactionClientContract): Promise<number> {
  const row = await trx
    .from('experts')
    .whereIn('status', [...ADMITTED])
    .count('* as n')
    .first()
  return Number(row.n)
}

export async function expertOfUser(userId: string): Promise<Expert | null> {
  const result = await db.rawQuery(`${SELECT} WHERE e.user_id = ?`, [userId])
  return result.rows[0] ? toExpert(result.rows[0]) : null
}

export async function expertsById(ids: readonly string[]): Promise<Map<string, Expert>> {
  if (ids.length === 0) return new Map()
  const result = await db.rawQuery(`${SELECT} WHERE e.id = ANY(?)`, [[...ids]])
  return new Map(result.rows.map((row: any) => [row.id, toExpert(row)]))
}

/** The present employer, or null for one between posts. */
export function presentEmployer(expert: Expert): Employment | null {
  return expert.employments.find((employment) => employment.until === null) ?? null
}
