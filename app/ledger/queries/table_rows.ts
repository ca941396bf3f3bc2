import type db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { auditedTable } from '#ledger/domain/audited_tables'

type Client = typeof db | TransactionClientContract

export interface TableShape {
  /** Columns with a moment in them. */
  readonly moments: readonly string[]
  /** What a column has that no entry ever set; left out where that is null. */
  readonly defaults: ReadonlyMap<string, boolean | number | readonly []>
}

/** The column whose moment is finer than a millisecond, as no clock of ours is; null where none is. */
export const FINER = '__finer'

/** False, zero and the empty list are all that a table may put in by itself. */
const DEFAULTS: Readonly<Record<string, boolean | number | readonly []>> = {
  false: false,
  '0': 0,
  "'[]'::jsonb": [],
  "'{}'::text[]": [],
}

export async function tableShapes(
  client: Client,
  tables: readonly string[]
): Promise<ReadonlyMap<string, TableShape>> {
  const { rows } = await client.rawQuery(
    `SELECT c.relname AS "table", a.attname AS name, a.atttypid = 'timestamptz'::regtype AS moment,
       pg_get_expr(d.adbin, d.adrelid) AS "default"
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
       LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE c.oid = ANY (SELECT name::regclass FROM unnest(?::text[]) AS name) AND a.attnum > 0 AND NOT a.attisdropped`,
    [tables]
  )
  return new Map(
    tables.map((table) => [
      table,
      shapeOf(
        table,
        rows.filter((row: any) => row.table === table)
      ),
    ])
  )
}

function shapeOf(table: string, columns: any[]): TableShape {
  const { skip = [] } = auditedTable(table)
  const known = columns.filter((one) => Object.hasOwn(DEFAULTS, one.default))
  return {
    moments: columns.filter(({ moment, name }) => moment && !skip.includes(name)).map(({ name }) => name),
    defaults: new Map(known.map((one) => [one.name, DEFAULTS[one.default]!])),
  }
}

/** Every row by its id. The driver's dates end at the millisecond; what lies below shows in `FINER`. */
export async function rowsOf(client: Client, table: string, { moments }: TableShape): Promise<any[]> {
  const finer = moments.map(
    (name) => `WHEN date_trunc('milliseconds', "${name}") <> "${name}" THEN '${name}'`
  )
  const column = finer.length === 0 ? 'NULL' : `CASE ${finer.join(' ')} END`
  const { rows } = await client.rawQuery(`SELECT *, ${column} AS "${FINER}" FROM "${table}" ORDER BY id`)
  return rows
}
