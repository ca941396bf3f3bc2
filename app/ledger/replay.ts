/** State is the fold of the log: changes are applied to nothing, and what comes out is compared with the tables. */
import type db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { canonicalJson, type Json } from '#lib/canonical_json'
import { auditedTable, auditedTableNames } from '#ledger/domain/audited_tables'
import type { ErasedChange } from '#ledger/domain/erasure'
import { isDigestOf, ledgerValue } from '#ledger/domain/ledger_value'
import { FINER, rowsOf, tableShapes, type TableShape } from '#ledger/queries/table_rows'

export type Client = typeof db | TransactionClientContract

export interface RowFinding {
  readonly code: 'row_differs' | 'row_missing' | 'row_unlogged' | 'row_doubled'
  readonly table: string
  readonly id: string
  readonly column?: string
}

type Row = Record<string, unknown>
/** Set by an entry that was erased: there is a value, and nobody can say which. */
const ERASED = Symbol('erased')

export class Replay {
  readonly #tables = new Map<string, Map<string, Row>>()

  apply(payload: { changes?: readonly { op: string; table: string; id: string; set?: Row }[] }): void {
    for (const { op, table, id, set } of payload.changes ?? []) this.#change(op, table, id, set ?? {})
  }

  applyErased(changes: readonly ErasedChange[]): void {
    for (const { op, table, id, columns } of changes)
      this.#change(op, table, id, Object.fromEntries(columns.map((name) => [name, ERASED])))
  }

  #change(op: string, table: string, id: string, set: Row): void {
    const rows = this.#tables.get(table) ?? new Map<string, Row>()
    this.#tables.set(table, rows)
    if (op === 'delete') rows.delete(id)
    else rows.set(id, { ...(op === 'insert' ? {} : rows.get(id)), ...set })
  }

  /** Every row that is not as the log says. */
  async compare(client: Client): Promise<RowFinding[]> {
    const findings: RowFinding[] = []
    const tables = auditedTableNames()
    const shapes = await tableShapes(client, tables)
    for (const table of tables) {
      const expected = this.#tables.get(table) ?? new Map<string, Row>()
      findings.push(...(await compareTable(client, table, expected, shapes.get(table)!)))
    }
    return findings
  }
}

async function compareTable(
  client: Client,
  table: string,
  expected: ReadonlyMap<string, Row>,
  shape: TableShape
): Promise<RowFinding[]> {
  const findings: RowFinding[] = []
  const seen = new Set<string>()
  for (const { [FINER]: finer, ...row } of await rowsOf(client, table, shape)) {
    const id = String(row.id)
    const want = expected.get(id)
    if (seen.has(id)) findings.push({ code: 'row_doubled', table, id })
    else if (!want) findings.push({ code: 'row_unlogged', table, id })
    else {
      const column = firstDifference(table, row, want, shape) ?? finer
      if (column) findings.push({ code: 'row_differs', table, id, column })
    }
    seen.add(id)
  }
  for (const id of expected.keys()) if (!seen.has(id)) findings.push({ code: 'row_missing', table, id })
  return findings
}

function firstDifference(table: string, row: Row, want: Row, shape: TableShape): string | undefined {
  const { digest = [], skip = [] } = auditedTable(table)
  const names = new Set([...Object.keys(row), ...Object.keys(want)])
  return [...names].find((name) => {
    if (name === 'id' || skip.includes(name) || want[name] === ERASED) return false
    const expected = name in want ? want[name] : (shape.defaults.get(name) ?? null)
    // A column that is gone had a value, if an entry gave it one.
    const have = name in row ? row[name] : null
    return digest.includes(name) ? !isDigestOf(expected, have) : !isSpelt(have, expected)
  })
}

/** Whether an entry tells of a value as of `expected`. What has no spelling, no entry can have told of. */
function isSpelt(value: unknown, expected: unknown): boolean {
  try {
    const told = ledgerValue(value)
    return told === expected || canonicalJson(told) === canonicalJson(expected as Json)
  } catch {
    return false
  }
}
