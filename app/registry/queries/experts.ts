import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Employment, Expert, ExpertStatus } from '#registry/models/expert'

const SELECT = `
  SELECT e.*, u.name,
    to_char(e.term_from, 'YYYY-MM-DD') AS term_from_day, to_char(e.term_until, 'YYYY-MM-DD') AS term_until_day,
    to_char(e.leave_from, 'YYYY-MM-DD') AS leave_from_day, to_char(e.leave_until, 'YYYY-MM-DD') AS leave_until_day,
    COALESCE((
      SELECT json_agg(json_build_object(
        'organisationId', o.id, 'name', o.name, 'groupName', o.group_name,
        'from', to_char(m.from_day, 'YYYY-MM-DD'), 'until', to_char(m.until_day, 'YYYY-MM-DD'),
        'retiredFrom', m.retired_from
      ) ORDER BY m.from_day DESC, o.id)
      FROM expert_employments m JOIN organisations o ON o.id = m.organisation_id WHERE m.expert_id = e.id
    ), '[]') AS employments
  FROM experts e JOIN users u ON u.id = e.user_id`

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
    termFrom: row.term_from_day,
    termUntil: row.term_until_day,
    monthlyCap: row.monthly_cap,
    birthYear: row.birth_year,
    leaveFrom: row.leave_from_day,
    leaveUntil: row.leave_until_day,
    employments: row.employments as Employment[],
  }
}

/** Whom a draw reads of the library: who holds one of these specialties, or these people. */
export type LibraryPart = { readonly specialties: readonly string[] } | { readonly ids: readonly string[] }

/** Part of the library by roster number, in the transaction's snapshot: what a draw's pool is made from. */
export async function libraryForDraw(trx: TransactionClientContract, part: LibraryPart): Promise<Expert[]> {
  const [condition, values] =
    'ids' in part ? ['e.id = ANY(?)', part.ids] : ['e.specialties \\?| ?', part.specialties]
  const result = await trx.rawQuery(`${SELECT} WHERE ${condition} ORDER BY e.roster_no`, [[...values]])
  return result.rows.map(toExpert)
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
