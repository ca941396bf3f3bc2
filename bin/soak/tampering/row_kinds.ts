/** Rows of the tables that entries tell of. */
import type { Column, StoredLog, StoredTable } from '#bin/soak/tampering/stored_log'
import { oneOf, type Random, type Tampering } from '#bin/soak/tampering/tampering'

type Kind = (log: StoredLog, random: Random) => Tampering

/** Values that are another one, whatever stands there; by the type of the column. */
const OTHER: Readonly<Record<string, readonly string[]>> = {
  bool: ['NOT coalesce($c, false)'],
  int2: ['coalesce($c, 0) + 1'],
  int4: ['coalesce($c, 0) + 1', '-1 - coalesce($c, 0)'],
  int8: ['coalesce($c, 0) + 1', 'coalesce($c, 0) - 1'],
  float8: ['coalesce($c, 0) + 0.001'],
  numeric: ['coalesce($c, 0) + 0.001'],
  date: ["coalesce($c, '2026-01-01') - 1", "'infinity'"],
  timestamptz: [
    "coalesce($c, now()) - interval '1 day'",
    "coalesce($c, now()) + interval '1 millisecond'",
    "coalesce($c, now()) + interval '1 microsecond'",
    "'infinity'",
    "'0044-03-15 12:00:00+00 BC'",
  ],
  uuid: ["'00000000-0000-7000-8000-00000000dead'"],
  jsonb: [
    `CASE jsonb_typeof($c) WHEN 'object' THEN $c || '{"x":1}' WHEN 'array' THEN $c || '[1]' ELSE '"x"' END`,
    `'"x"'`,
    `'{"e\u0301":1e300}'`,
  ],
  bytea: ["coalesce($c, ''::bytea) || '\\x00'"],
  _text: ["coalesce($c, '{}') || 'x'::text"],
  text: ["coalesce($c, '') || 'x'", "coalesce($c, '') || ' '", "'e\u0301'", "coalesce($c, '') || '\u200b'"],
}

function otherValue({ name, type }: Column, random: Random): string {
  const values = OTHER[type]
  if (!values) throw new Error(`no other value of type ${type}, column ${name}`)
  return oneOf(values, random).replaceAll('$c', `"${name}"`)
}

const inTable = (
  table: StoredTable,
  what: string,
  ids: readonly string[],
  sql: string,
  values: readonly unknown[]
): Tampering => {
  return {
    what: `${table.name}: ${what}`,
    place: { table: table.name, ids },
    statements: [[sql, values]],
    table: table.name,
  }
}

function someOf(ids: readonly string[], random: Random): string[] {
  const from = random(ids.length)
  return ids.slice(from, from + 1 + random(4))
}

export const ROW_KINDS: Readonly<Record<string, Kind>> = {
  'a value changed': ({ tables }, random) => {
    const table = oneOf(tables, random)
    const [column, id] = [oneOf(table.columns, random), oneOf(table.ids, random)]
    const sql = `UPDATE "${table.name}" SET "${column.name}" = ${otherValue(column, random)} WHERE id = ?`
    return inTable(table, sql, [id], sql, [id])
  },
  'a value taken away': ({ tables }, random) => {
    const table = oneOf(tables, random)
    const [column, id] = [oneOf(table.columns, random), oneOf(table.ids, random)]
    const sql = `UPDATE "${table.name}" SET "${column.name}" = NULL WHERE id = ? AND "${column.name}" IS NOT NULL`
    return inTable(table, sql, [id], sql, [id])
  },
  'a value of another row': ({ tables }, random) => {
    const table = oneOf(
      tables.filter(({ ids }) => ids.length > 1),
      random
    )
    const [column, first] = [oneOf(table.columns, random), random(table.ids.length - 1)]
    const [id, other] = [table.ids[first]!, table.ids[first + 1]!]
    const taken = `(SELECT o."${column.name}" FROM "${table.name}" o WHERE o.id = ?)`
    const sql = `UPDATE "${table.name}" SET "${column.name}" = ${taken} WHERE id = ? AND "${column.name}" IS DISTINCT FROM ${taken}`
    return inTable(table, sql, [id], sql, [other, id, other])
  },
  'rows deleted': ({ tables }, random) => {
    const table = oneOf(tables, random)
    const ids = someOf(table.ids, random)
    return inTable(table, `${ids.length} deleted`, ids, `DELETE FROM "${table.name}" WHERE id = ANY(?)`, [
      ids,
    ])
  },
  'all rows deleted': ({ tables }, random) => {
    const table = oneOf(tables, random)
    return inTable(table, 'all deleted', table.ids, `DELETE FROM "${table.name}"`, [])
  },
  'a row put in': ({ tables }, random) => {
    const table = oneOf(tables, random)
    const id = `00000000-0000-7000-8000-${String(random(1e9)).padStart(12, '0')}`
    const made = `jsonb_populate_record(NULL::"${table.name}", to_jsonb(t) || jsonb_build_object('id', ?::text))`
    const sql = `INSERT INTO "${table.name}" SELECT (${made}).* FROM "${table.name}" t WHERE t.id = ?`
    return inTable(table, 'a row put in', [id], sql, [id, oneOf(table.ids, random)])
  },
  'a row doubled': ({ tables }, random) => {
    const table = oneOf(tables, random)
    const id = oneOf(table.ids, random)
    const sql = `INSERT INTO "${table.name}" SELECT * FROM "${table.name}" WHERE id = ?`
    return inTable(table, 'a row doubled', [id], sql, [id])
  },
  'a row under another id': ({ tables }, random) => {
    const table = oneOf(tables, random)
    const [id, other] = [oneOf(table.ids, random), '00000000-0000-7000-8000-00000000beef']
    return inTable(table, 'another id', [id, other], `UPDATE "${table.name}" SET id = ? WHERE id = ?`, [
      other,
      id,
    ])
  },
  'a column dropped': ({ tables }, random) => {
    const table = oneOf(tables, random)
    const told = table.columns.filter(({ toldIn }) => toldIn.length > 0)
    const { name, toldIn } = oneOf(told, random)
    const sql = `ALTER TABLE "${table.name}" DROP COLUMN "${name}" CASCADE`
    return inTable(table, sql, toldIn, sql, [])
  },
}
