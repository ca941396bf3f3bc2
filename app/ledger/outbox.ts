/** Entries written with their change, and put into the log by one sequencer afterwards (LEDGER_MODE=outbox). */
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { newId } from '#core/ids'
import { canonicalJson } from '#lib/canonical_json'
import { CLOSING_TYPE } from '#lib/ledger/leaf'
import env from '#start/env'
import { appendEntries, type NewEntry, type Receipt, type TimedEntry } from '#ledger/append'
import { ledgerValue } from '#ledger/domain/ledger_value'
import type { Client } from '#ledger/replay'

/** What is read and put into the log in one transaction, while everybody else's inline entry waits. */
const BATCH = 500
const EVERYTHING = Number.MAX_SAFE_INTEGER

export function usesOutbox(): boolean {
  return env.get('LEDGER_MODE') === 'outbox'
}

/** Whether an entry's place has to be known as soon as it is committed, or nothing may come after it. */
export function needsItsPlace(entry: NewEntry): boolean {
  return entry.placed === true || entry.type === CLOSING_TYPE
}

/**
 * As the last statement of a transaction: its snapshot sees everything that the transaction waited for. No database
 * sequence, which orders by who asked first, and no clock, which may be set back: `ended` counts the transactions
 * that this one can see the end of, so whoever depends on another always has the larger number.
 */
export async function enqueue(
  trx: TransactionClientContract,
  at: Date,
  entries: readonly NewEntry[]
): Promise<void> {
  const rows = entries.map(({ stream, type, payload, counts = false }, part) => {
    return { part, stream, type, counts, payload: canonicalJson(ledgerValue(payload)) }
  })
  const written = await trx.rawQuery(
    `INSERT INTO ledger_outbox (unit, part, ended, stream, type, at, counts, payload)
     SELECT ?, g.part, pg_snapshot_xmax(s)::text::bigint - (SELECT count(*) FROM pg_snapshot_xip(s)),
       g.stream, g.type, ?, g.counts, g.payload
     FROM pg_current_snapshot() AS s,
       jsonb_to_recordset(?::jsonb) AS g(part integer, stream text, type text, counts boolean, payload text)
     WHERE NOT EXISTS (SELECT FROM ledger_streams c WHERE c.stream = g.stream AND c.closed)`,
    [newId(), at, JSON.stringify(rows)]
  )
  if (written.rowCount !== rows.length)
    throw new Error(`Ledger stream ${entries.map(({ stream }) => stream).join(', ')} is closed`)
}

/** What waits, in the order in which it goes into the log. */
export async function waitingEntries(client: Client): Promise<TimedEntry[]> {
  const { rows } = await client.rawQuery(
    'SELECT stream, type, at, counts, payload FROM ledger_outbox ORDER BY ended, unit, part'
  )
  return rows.map((row: any) => ({ ...row, payload: JSON.parse(row.payload) }))
}

/** The same, taken out. Whoever takes holds the log's head, so that nobody else does. */
async function taken(trx: TransactionClientContract, count: number): Promise<TimedEntry[]> {
  const { rows } = await trx.rawQuery(
    `WITH next AS (SELECT unit, part FROM ledger_outbox ORDER BY ended, unit, part LIMIT ?),
       gone AS (DELETE FROM ledger_outbox o USING next n WHERE o.unit = n.unit AND o.part = n.part RETURNING o.*)
     SELECT stream, type, at, counts, payload FROM gone ORDER BY ended, unit, part`,
    [count]
  )
  return rows.map((row: any) => ({ ...row, payload: JSON.parse(row.payload) }))
}

/** Entries that go straight into the log, behind everything that was committed before. */
export async function appendBehind(
  trx: TransactionClientContract,
  entries: readonly TimedEntry[]
): Promise<Receipt[]> {
  const receipts = await appendEntries(trx, entries, async () => {
    // Nobody writes to the outbox until a stream is closed: what came behind the end could go nowhere.
    const closes = entries.some(({ type }) => type === CLOSING_TYPE)
    if (closes) await trx.rawQuery('LOCK TABLE ledger_outbox IN SHARE ROW EXCLUSIVE MODE')
    return taken(trx, EVERYTHING)
  })
  return receipts.slice(receipts.length - entries.length)
}

/** Nobody appends until this transaction ends: what it reads of the log is all there is before its own entries. */
export async function lockLog(trx: TransactionClientContract): Promise<void> {
  await appendEntries(trx, [], async () => {
    if (!usesOutbox()) return []
    await trx.rawQuery('LOCK TABLE ledger_outbox IN SHARE ROW EXCLUSIVE MODE')
    return taken(trx, EVERYTHING)
  })
}

/** One batch into the log; how many there were. */
async function sequence(): Promise<number> {
  return db.transaction(async (trx) => (await appendEntries(trx, [], () => taken(trx, BATCH))).length)
}

/** Everything that was committed before this was called has its place when it resolves. */
export async function sequenced(): Promise<void> {
  if (!usesOutbox() && !(await isWaiting())) return
  while ((await sequence()) === BATCH);
}

async function isWaiting(): Promise<boolean> {
  const { rows } = await db.rawQuery('SELECT EXISTS (SELECT FROM ledger_outbox) AS waiting')
  return rows[0].waiting
}
