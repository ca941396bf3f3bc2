import { sequenced } from '#ledger/public'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { startOfDay } from '#core/regulation/calendar'
import { ENTRIES_FORMAT, type EntriesFile, type FileEntry } from '#lib/draw/fairness/entries_file'
import { DRAW_ENTRY_TYPES, OPENED_TYPES } from '#lib/draw/fairness/entry_types'
import { SIGNED_YEAR_FORMAT, type SignedYear } from '#lib/draw/fairness/signed_year'
import { meetingHasEnded } from '#draw/public'
import { REVIEW_STATES } from '#reviews/public'

/** `public`: draws whose meetings have ended, since before that nobody but those concerned knows who was drawn. */
export type Scope = 'all' | 'public'

export interface YearOfEntries {
  readonly file: EntriesFile
  /** Draws of the year that the scope leaves out. */
  readonly leftOut: number
}

/** Every entry of the streams in which draws of a civil year went on, from one moment of the log. */
export async function entriesOfYear(
  year: number,
  utcOffsetMinutes: number,
  scope: Scope
): Promise<YearOfEntries> {
  return inOneMoment(async (trx) => {
    const head = await trx.from('ledger_head').where('id', 1).firstOrFail()
    const committed = await committedIn(trx, year, utcOffsetMinutes)
    const shown = scope === 'all' ? committed : await withMeetingEnded(trx, committed)
    const streams = await streamsOf(trx, shown)
    const file: EntriesFile = {
      format: ENTRIES_FORMAT,
      year,
      utcOffsetMinutes,
      head: { size: Number(head.size), root: head.root },
      streams: await countsOf(trx, streams, null),
      entries: await entriesOf(trx, streams, null),
      ...(scope === 'all' && { beside: await besideOf(trx, streams, null) }),
    }
    return { file, leftOut: committed.length - shown.length }
  })
}

/** The same within a tree that was cosigned, with every other leaf of it: what anybody can hold against its root. */
export async function signedEntriesOfYear(
  year: number,
  utcOffsetMinutes: number,
  { size, note }: { size: number; note: string }
): Promise<SignedYear> {
  return inOneMoment(async (trx) => {
    const streams = await streamsOf(trx, await committedIn(trx, year, utcOffsetMinutes), size)
    const entries = await entriesOf(trx, streams, size)
    const beside = await besideOf(trx, streams, size)
    const taken = new Set([...entries, ...beside].map(({ index }) => index))
    return {
      format: SIGNED_YEAR_FORMAT,
      year,
      utcOffsetMinutes,
      checkpoint: note,
      streams: await countsOf(trx, streams, size),
      entries,
      beside,
      others: await leavesExcept(trx, taken, size),
    }
  })
}

async function inOneMoment<T>(work: (trx: TransactionClientContract) => Promise<T>): Promise<T> {
  await sequenced()
  return db.transaction(work, { isolationLevel: 'repeatable read' })
}

/** Changes whenever the report of the year would: what the entries read so far end with. */
export async function standOfYear(year: number, utcOffsetMinutes: number): Promise<string> {
  const { rows } = await db.rawQuery(
    `SELECT max(e.index) AS last, count(*) AS entries, count(*) FILTER (WHERE p.payload IS NULL) AS closed
     FROM ledger_entries e LEFT JOIN ledger_payloads p USING (index)
     WHERE e.type = ANY(?) AND e.at >= ?`,
    [[...OPENED_TYPES], startOfYear(year, utcOffsetMinutes)]
  )
  const ended = await db.from('reviews').whereIn('state', ENDED).count('* as reviews').first()
  return [year, rows[0].last, rows[0].entries, rows[0].closed, ended.reviews].join('/')
}

type Committed = { index: string; stream: string; draw_id: string | null }

const ENDED = REVIEW_STATES.filter(meetingHasEnded)

function startOfYear(year: number, utcOffsetMinutes: number): Date {
  return startOfDay(`${year}-01-01`, utcOffsetMinutes)
}

async function committedIn(
  trx: TransactionClientContract,
  year: number,
  offset: number
): Promise<Committed[]> {
  const { rows } = await trx.rawQuery(
    `SELECT e.index, e.stream, p.payload::jsonb ->> 'drawId' AS draw_id
     FROM ledger_entries e LEFT JOIN ledger_payloads p USING (index)
     WHERE e.type = 'draw.committed' AND e.at >= ? AND e.at < ? ORDER BY e.index`,
    [startOfYear(year, offset), startOfYear(year + 1, offset)]
  )
  return rows
}

async function withMeetingEnded(
  trx: TransactionClientContract,
  draws: readonly Committed[]
): Promise<Committed[]> {
  const rows = await trx
    .from('draws')
    .join('reviews', 'reviews.id', 'draws.review_id')
    .whereIn('reviews.state', ENDED)
    .select('draws.draw_id')
  const ended = new Set(rows.map(({ draw_id }) => draw_id))
  return draws.filter(({ draw_id }) => ended.has(draw_id))
}

/** A plan that came again goes on in the stream of its new review. Of a tree of `size` leaves, or of all. */
async function streamsOf(
  trx: TransactionClientContract,
  draws: readonly Committed[],
  size: number | null = null
): Promise<string[]> {
  const inTree = draws.filter(({ index }) => size === null || Number(index) < size)
  const { rows } = await trx.rawQuery(
    `SELECT DISTINCT e.stream FROM ledger_entries e JOIN ledger_payloads p USING (index)
     WHERE e.type = 'draw.same_plan' AND p.payload::jsonb ->> 'drawId' = ANY(?) AND e.index < ?`,
    [inTree.flatMap(({ draw_id }) => draw_id ?? []), size ?? ENDLESS]
  )
  return [...new Set([...inTree, ...rows].map(({ stream }) => stream as string))].sort()
}

async function countsOf(trx: TransactionClientContract, streams: readonly string[], size: number | null) {
  const { rows } = await trx.rawQuery(
    `SELECT stream, max(seq) AS seq FROM ledger_entries WHERE stream = ANY(?) AND index < ? GROUP BY stream ORDER BY stream`,
    [[...streams], size ?? ENDLESS]
  )
  return rows.map(({ stream, seq }: Row) => ({ stream: stream!, entries: Number(seq) + 1 }))
}

async function entriesOf(
  trx: TransactionClientContract,
  streams: readonly string[],
  size: number | null
): Promise<FileEntry[]> {
  const { rows } = await trx.rawQuery(
    `SELECT e.index, e.leaf, p.salt, p.payload
     FROM ledger_entries e LEFT JOIN ledger_payloads p ON p.index = e.index AND e.type = ANY(?)
     WHERE e.stream = ANY(?) AND e.index < ? ORDER BY e.index`,
    [[...OPENED_TYPES], [...streams], size ?? ENDLESS]
  )
  return rows.map(toEntry)
}

/** What tells of draws outside these streams. */
async function besideOf(
  trx: TransactionClientContract,
  streams: readonly string[],
  size: number | null
): Promise<FileEntry[]> {
  const { rows } = await trx.rawQuery(
    `SELECT e.index, e.leaf, p.salt, p.payload FROM ledger_entries e LEFT JOIN ledger_payloads p USING (index)
     WHERE e.type = ANY(?) AND NOT (e.stream = ANY(?)) AND e.index < ? ORDER BY e.index`,
    [[...DRAW_ENTRY_TYPES], [...streams], size ?? ENDLESS]
  )
  return rows.map(toEntry)
}

async function leavesExcept(
  trx: TransactionClientContract,
  taken: ReadonlySet<number>,
  size: number
): Promise<string[]> {
  const { rows } = await trx.rawQuery(
    'SELECT index, leaf FROM ledger_entries WHERE index >= 0 AND index < ? ORDER BY index',
    [size]
  )
  return rows.flatMap(({ index, leaf }: Row) => (taken.has(Number(index)) ? [] : [leaf!]))
}

type Row = Record<string, string | null>

/** Beyond every index. */
const ENDLESS = Number.MAX_SAFE_INTEGER

function toEntry({ index, leaf, salt, payload }: Row): FileEntry {
  const opened = salt && payload ? { salt, payload: JSON.parse(payload) } : { salt: null, payload: null }
  return { index: Number(index), leaf: leaf!, ...opened }
}
