/** State is the fold of the log: changes are applied to nothing, and what comes out is compared with the tables. */
import type db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { canonicalJson } from '#lib/canonical_json'
import { auditedTable, auditedTableNames } from '#ledger/domain/audited_tables'
import type { ErasedChange } from '#ledger/domain/erasure'
import { ledgerDigest, ledgerValue } from '#ledger/domain/ledger_value'

export type Client = typeof db | TransactionClientContract

export interface RowFinding {
  readonly code: 'row_differs' | 'row_missing' | 'row_unlogged'
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
    for (const table of auditedTableNames())
      findings.push(...(await compareTable(client, table, this.#tables.get(table) ?? new Map())))
    return findings
  }
}

async function compareTable(
  client: Client,
  table: string,
  expected: ReadonlyMap<string, Row>
): Promise<RowFinding[]> {
  const { digest = [], skip = [] } = auditedTable(table)
  const findings: RowFinding[] = []
  const seen = new Set<string>()
  for (const row of await client.from(table).orderBy('id')) {
    seen.add(row.id)
    const want = expected.get(row.id)
    if (!want) {
      findings.push({ code: 'row_unlogged', table, id: row.id })
      continue
    }
    const column = Object.keys(row).find((name) => {
      if (name === 'id' || skip.includes(name) || want[name] === ERASED) return false
      const have = digest.includes(name) ? ledgerDigest(row[name]) : ledgerValue(row[name])
      return (
        canonicalJson(have) !== canonicalJson((want[name] ?? null) as never) && !isDefault(want, name, have)
      )
    })
    if (column) findings.push({ code: 'row_differs', table, id: row.id, column })
  }
  for (const id of expected.keys()) if (!seen.has(id)) findings.push({ code: 'row_missing', table, id })
  return findings
}

/** A column that no entry has ever set still has its default; it may be false, zero or empty, nothing else. */
function isDefault(want: Row, name: string, have: unknown): boolean {
  if (name in want) return false
  return have === false || have === 0 || (Array.isArray(have) && have.length === 0)
}
