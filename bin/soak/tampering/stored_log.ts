import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { auditedTable, auditedTableNames } from '#ledger/domain/audited_tables'

export interface LogRow {
  readonly index: number
  readonly stream: string
  readonly seq: number
  readonly type: string
  /** ISO 8601 with milliseconds. */
  readonly at: string
  readonly leaf: string
  readonly leafHash: string
  readonly salt: string
  readonly payload: string
}

export interface Column {
  readonly name: string
  /** As PostgreSQL names it, `_text` for an array of text. */
  readonly type: string
  /** Rows with a value in it that only an entry can have given. */
  readonly toldIn: readonly string[]
}

export interface StoredTable {
  readonly name: string
  /** Those that an entry tells of. */
  readonly columns: readonly Column[]
  readonly ids: readonly string[]
}

/** What there is to tamper with. */
export interface StoredLog {
  readonly entries: readonly LogRow[]
  readonly streams: readonly string[]
  readonly nodes: readonly { readonly level: number; readonly index: number }[]
  readonly checkpoints: readonly { readonly size: number; readonly cosigned: boolean }[]
  readonly tables: readonly StoredTable[]
}

export async function storedLog(trx: TransactionClientContract): Promise<StoredLog> {
  const rows = async (sql: string) => (await trx.rawQuery(sql)).rows as any[]
  const entries = await rows(
    `SELECT e.index::int, e.stream, e.seq, e.type, e.at, e.leaf, e.leaf_hash AS "leafHash", p.salt, p.payload
     FROM ledger_entries e JOIN ledger_payloads p USING (index) ORDER BY e.index`
  )
  return {
    entries: entries.map((row) => ({ ...row, at: row.at.toISOString() })),
    streams: (await rows('SELECT stream FROM ledger_streams ORDER BY stream')).map(({ stream }) => stream),
    nodes: await rows('SELECT level::int, index::int FROM ledger_nodes ORDER BY level, index'),
    checkpoints: await rows('SELECT size::int, cosigned FROM ledger_checkpoints ORDER BY size, cosigned'),
    tables: (await tables(trx)).filter(({ ids }) => ids.length > 0),
  }
}

/** A table puts in nothing of these types by itself. */
const TOLD = ['text', 'uuid', 'timestamptz', 'date']

async function tables(trx: TransactionClientContract): Promise<StoredTable[]> {
  const found: StoredTable[] = []
  for (const name of auditedTableNames()) {
    const { skip = [] } = auditedTable(name)
    const { rows: columns } = await trx.rawQuery(
      `SELECT column_name AS name, udt_name AS type FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name = ? ORDER BY ordinal_position`,
      [name]
    )
    const { rows } = await trx.rawQuery(`SELECT id, to_jsonb(t) AS all FROM "${name}" t ORDER BY id`)
    const told = columns.filter((one: Column) => one.name !== 'id' && !skip.includes(one.name))
    found.push({
      name,
      columns: told.map((one: Column) => {
        const ids = rows.filter((row: any) => TOLD.includes(one.type) && row.all[one.name] !== null)
        return { ...one, toldIn: ids.map(({ id }: { id: string }) => id) }
      }),
      ids: rows.map(({ id }: { id: string }) => id),
    })
  }
  return found
}
