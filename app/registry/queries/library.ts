import db from '@adonisjs/lucid/services/db'
import { businessNow } from '#core/clock/business_clock'
import { regulation } from '#core/jurisdiction'
import { addDays, civilDay } from '#core/regulation/calendar'
import { effectiveCap } from '#registry/domain/monthly_cap'
import { monthLoad } from '#registry/hooks/month_load'
import { libraryVocabulary } from '#registry/queries/vocabulary'

const PAGE = 50
/** Days ahead in which a term counts as ending soon. */
const ENDING_DAYS = 90

/** How an expert stands today; what the list can be narrowed to. */
export const STANDINGS = ['listed', 'ending', 'on_leave', 'suspended', 'expired', 'removed'] as const
export type Standing = (typeof STANDINGS)[number]

export interface LibraryFilter {
  readonly q?: string
  readonly specialty?: string
  readonly grade?: string
  readonly standing?: Standing
  readonly page?: number
}

/** One value for each row, so that the list, its filter and its counts can't differ. */
const STANDING = `CASE
  WHEN e.status IN ('suspended', 'removed') THEN e.status
  WHEN e.status = 'expired' OR e.term_until < :today THEN 'expired'
  WHEN EXISTS (SELECT 1 FROM expert_leaves l WHERE l.expert_id = e.id AND l.withdrawn_at IS NULL
    AND :today BETWEEN l.from_day AND l.until_day) THEN 'on_leave'
  WHEN e.term_until < :soon THEN 'ending'
  ELSE 'listed' END`

/** The employer people know an expert by: the present one, else the latest. */
const EMPLOYER = `(SELECT o.name FROM expert_employments m JOIN organisations o ON o.id = m.organisation_id
  WHERE m.expert_id = e.id ORDER BY (m.until_day IS NULL) DESC, m.from_day DESC, o.id LIMIT 1)`

/** A page of the library by roster number, with how many match and how many stand how. */
export async function libraryPage(filter: LibraryFilter) {
  const inForce = await regulation()
  const today = civilDay(businessNow(), inForce.utc_offset_minutes)
  const page = filter.page ?? 1
  const values = {
    today,
    soon: addDays(today, ENDING_DAYS),
    like: `%${(filter.q ?? '').replace(/[\\%_]/g, '\\$&')}%`,
    specialty: JSON.stringify([filter.specialty ?? '']),
    grade: filter.grade ?? '',
    standing: filter.standing ?? '',
    limit: PAGE,
    offset: (page - 1) * PAGE,
  }
  const where = [
    "e.status NOT IN ('applied', 'in_review', 'in_publicity')",
    ...(filter.q
      ? [
          `(u.name ILIKE :like OR e.roster_no ILIKE :like OR e.certificate_no ILIKE :like OR EXISTS (
             SELECT 1 FROM expert_employments m JOIN organisations o ON o.id = m.organisation_id
             WHERE m.expert_id = e.id AND o.name ILIKE :like))`,
        ]
      : []),
    ...(filter.specialty ? ['e.specialties @> :specialty::jsonb'] : []),
    ...(filter.grade ? ['e.grade = :grade'] : []),
  ].join(' AND ')
  const from = `FROM experts e JOIN users u ON u.id = e.user_id WHERE ${where}`
  const counted = await db.rawQuery(
    `SELECT standing, count(*)::int AS n FROM (SELECT ${STANDING} AS standing ${from}) AS found GROUP BY standing`,
    values
  )
  const standings = Object.fromEntries(
    counted.rows.map((row: { standing: Standing; n: number }) => [row.standing, row.n])
  ) as Partial<Record<Standing, number>>
  const found = await db.rawQuery(
    `SELECT * FROM (
       SELECT e.id, e.roster_no, u.name, e.grade, e.title, e.specialties, e.method_tags, e.term_until,
         e.monthly_cap, e.own_monthly_cap, ${EMPLOYER} AS employer, ${STANDING} AS standing ${from}
     ) AS found ${filter.standing ? 'WHERE standing = :standing' : ''}
     ORDER BY roster_no LIMIT :limit OFFSET :offset`,
    values
  )
  const month = today.slice(0, 7)
  const load = await monthLoad(
    found.rows.map(({ id }: { id: string }) => id),
    month
  )
  const most = inForce.values['draw.reviews_per_month'].value
  const total = Object.values(standings).reduce((sum, n) => sum + n, 0)
  return {
    vocabulary: libraryVocabulary(inForce),
    pageSize: PAGE,
    page,
    total: filter.standing ? (standings[filter.standing] ?? 0) : total,
    standings,
    experts: found.rows.map((row: any) => ({
      id: row.id as string,
      rosterNo: row.roster_no as string,
      name: row.name as string,
      employer: (row.employer ?? '') as string,
      grade: row.grade as string,
      title: row.title as string,
      specialties: row.specialties as string[],
      methods: row.method_tags as string[],
      termUntil: row.term_until as string,
      standing: row.standing as Standing,
      inMonth: load.get(row.id) ?? 0,
      cap: effectiveCap({ monthlyCap: row.monthly_cap, ownMonthlyCap: row.own_monthly_cap }, most),
    })),
  }
}
