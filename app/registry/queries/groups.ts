import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { companyKey } from '#lib/company_name'

/** Which group each company belongs to on a day (YYYY-MM-DD), by what its name is compared by; those in none are absent. */
export async function groupsOn(trx: TransactionClientContract, day: string): Promise<Map<string, string>> {
  const rows = await trx
    .from('company_group_members')
    .join('organisations', 'organisations.id', 'company_group_members.organisation_id')
    .whereRaw('(from_day IS NULL OR from_day <= ?) AND (until_day IS NULL OR until_day >= ?)', [day, day])
    .select('organisations.name', 'company_group_members.group_id')
  return new Map(rows.map((row) => [companyKey(row.name), row.group_id]))
}

export interface CompanyGroup {
  readonly id: string
  readonly name: string
  readonly members: readonly {
    id: string
    company: string
    from: string | null
    until: string | null
  }[]
}

/** All groups by name, each with its companies, those that left included. */
export async function companyGroups(): Promise<CompanyGroup[]> {
  const { rows } = await db.rawQuery(
    `SELECT g.id, g.name, json_agg(json_build_object(
       'id', m.id, 'company', o.name, 'from', m.from_day, 'until', m.until_day
     ) ORDER BY (m.until_day IS NOT NULL), o.name) AS members
     FROM company_groups g
     JOIN company_group_members m ON m.group_id = g.id JOIN organisations o ON o.id = m.organisation_id
     GROUP BY g.id ORDER BY g.name`
  )
  return rows
}
