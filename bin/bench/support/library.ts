import pg from 'pg'
import { newId } from '#core/ids'
import { addDays } from '#core/regulation/calendar'
import type { Demo, DemoExpert } from '../../../resources/demo/load_demo.js'

const BATCH = 10_000

/**
 * A library of `count` experts: the demonstration's, over and over, each time at employers of their own. So
 * specialties, grades, terms, leave and the sizes of employers are spread as they are there.
 */
export async function fillLibrary(databaseUrl: string, demo: Demo, count: number, today: string) {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const employers = new Map<string, string>()
  const employerId = (name: string) => {
    const id = employers.get(name) ?? newId()
    employers.set(name, id)
    return id
  }
  for (let from = 0; from < count; from += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => {
      const number = from + index
      const tile = Math.floor(number / demo.experts.length)
      return rowsOf(demo.experts[number % demo.experts.length]!, number, tile, today, employerId)
    })
    await client.query('BEGIN')
    await insert(
      client,
      'users',
      rows.map(({ user }) => user)
    )
    await insert(
      client,
      'experts',
      rows.map(({ expert }) => expert)
    )
    const known = [...employers].map(([name, id]) => ({
      id,
      name,
      kind: 'employer',
      created_at: today,
    }))
    await insert(client, 'organisations', known)
    await insert(
      client,
      'expert_employments',
      rows.flatMap(({ employments }) => employments)
    )
    await insert(
      client,
      'expert_leaves',
      rows.flatMap(({ leaves }) => leaves)
    )
    await client.query('COMMIT')
  }
  await client.query('ANALYZE')
  await client.end()
}

/** Leaves about `count` experts with a specialty that the plan asks for; the others get one that no plan has. */
export async function narrowPool(databaseUrl: string, specialties: readonly string[], count: number) {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(
    `UPDATE experts SET specialties = '["elsewhere"]' WHERE specialties ?| $1 AND roster_no NOT IN
       (SELECT roster_no FROM experts WHERE specialties ?| $1 ORDER BY roster_no LIMIT $2)`,
    [specialties, count]
  )
  await client.query('VACUUM ANALYZE experts')
  await client.end()
}

function rowsOf(
  expert: DemoExpert,
  number: number,
  tile: number,
  today: string,
  employerId: (name: string) => string
) {
  const id = newId()
  const userId = newId()
  const day = (offset: number) => addDays(today, offset)
  const user = {
    id: userId,
    name: expert.name,
    mobile_encrypted: '',
    mobile_index: `bench-${number}`,
    mobile_masked: '',
    created_at: today,
  }
  const row = {
    id,
    user_id: userId,
    roster_no: `B${String(number).padStart(6, '0')}`,
    status: expert.status,
    grade: expert.grade,
    title: expert.title,
    position: expert.position,
    certificate_no: `BENCH-${number}`,
    specialties: expert.specialties,
    method_tags: expert.methods,
    categories: [],
    term_from: day(expert.term_days.from),
    term_until: day(expert.term_days.until),
    monthly_cap: 4,
    birth_year: expert.birth_year,
    listed_at: today,
    revision: 0,
  }
  const leaves = expert.leave_days
    ? [
        {
          id: newId(),
          expert_id: id,
          from_day: day(expert.leave_days.from),
          until_day: day(expert.leave_days.until),
          reason: '',
          created_at: today,
        },
      ]
    : []
  const employments = expert.employments.map((one) => ({
    id: newId(),
    expert_id: id,
    organisation_id: employerId(`${one.employer}（${tile + 1}）`),
    from_day: one.from,
    until_day: one.until_days === null ? null : day(one.until_days),
    retired_from: one.retired_from,
  }))
  return { user, expert: row, employments, leaves }
}

/** Rows that are there already, by their key, stay. */
async function insert(client: pg.Client, table: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0]!).join(', ')
  await client.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1)
       ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)]
  )
}
