import db from '@adonisjs/lucid/services/db'
import { fromBase64, utf8 } from '#lib/bytes'
import {
  formatTimestampList,
  parseTimestampPath,
  TIMESTAMP_LIST,
  timestampPath,
} from '#lib/ledger/timestamps'
import { timestampsAround } from '#ledger/domain/timestamps_around'

export interface DailyTimestamp {
  /** UTC. */
  readonly day: string
  readonly size: number
  readonly time: Date
  readonly authority: string
}

export async function latestTimestamp(): Promise<DailyTimestamp | null> {
  const row = await db.from('ledger_timestamps').orderBy('day', 'desc').first()
  return row ? { day: row.day, size: Number(row.size), time: row.time, authority: row.authority } : null
}

/** Why the one that is due has not come yet; null when none failed. */
export async function timestampProblem(): Promise<{ problem: string; tries: number; dueAt: Date } | null> {
  const row = await db.from('ledger_timestamp_due').where('id', 1).first()
  return row?.problem ? { problem: row.problem, tries: Number(row.tries), dueAt: row.due_at } : null
}

/** What is served below `timestamps/`; null where there is no such file. `upTo` leaves out those of larger trees. */
export async function timestampFile(
  path: string,
  upTo = Number.MAX_SAFE_INTEGER
): Promise<Uint8Array | null> {
  if (path === TIMESTAMP_LIST) return utf8(formatTimestampList(await timestampDays(upTo)))
  const file = parseTimestampPath(path)
  const row = file && (await db.from('ledger_timestamps').where('day', file.day).first())
  if (!row) return null
  return file.kind === 'checkpoint' ? utf8(row.note) : fromBase64(row.response_base64)
}

export async function timestampDays(upTo: number): Promise<string[]> {
  const rows = await db.from('ledger_timestamps').where('size', '<=', upTo).orderBy('day').select('day')
  return rows.map(({ day }) => day as string)
}

/** The files of those timestamps that say when these entries were appended, and the sizes of their trees by day. */
export async function timestampsOfEntries(
  indexes: readonly number[]
): Promise<{ files: Map<string, Uint8Array>; sizes: Map<string, number> }> {
  const files = new Map<string, Uint8Array>()
  const rows = await db.from('ledger_timestamps').orderBy('day').select('day', 'size')
  const stamps = rows.map(({ day, size }) => ({ day: day as string, size: Number(size) }))
  const chosen = timestampsAround(stamps, indexes)
  if (chosen.length === 0) return { files, sizes: new Map() }
  const days = chosen.map(({ day }) => day)
  files.set(TIMESTAMP_LIST, utf8(formatTimestampList(days)))
  for (const kind of ['checkpoint', 'tsr'] as const)
    for (const path of days.map((day) => timestampPath(day, kind)))
      files.set(path, (await timestampFile(path))!)
  return { files, sizes: new Map(chosen.map(({ day, size }) => [day, size])) }
}
