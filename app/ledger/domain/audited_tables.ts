/**
 * Every table that tells of a review, and how its columns enter the log. Columns not named are logged by
 * value. `digest`: personal data and secrets. `skip`: working state that no entry promises to keep
 * (DRAW-9, "state is the fold of the log").
 */
export interface AuditedTable {
  readonly digest?: readonly string[]
  readonly skip?: readonly string[]
}

const tables = new Map<string, AuditedTable>()

/** Called once per table by the module that owns it. */
export function auditTable(table: string, columns: AuditedTable = {}): void {
  if (tables.has(table)) throw new Error(`${table} is audited twice`)
  tables.set(table, columns)
}

export function auditedTable(table: string): AuditedTable {
  const columns = tables.get(table)
  if (!columns) throw new Error(`${table} is not an audited table`)
  return columns
}

export function auditedTableNames(): string[] {
  return [...tables.keys()].sort()
}
