import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { AnyActor } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import type { Result } from '#lib/result'
import { auditedTable } from '#ledger/domain/audited_tables'
import { ledgerDigest, ledgerValue } from '#ledger/domain/ledger_value'
import { appendEntries, type NewEntry, type Receipt } from '#ledger/append'
import { appendBehind, enqueue, needsItsPlace, usesOutbox } from '#ledger/outbox'
import { wakeSequencer } from '#ledger/sequencer'

type Row = Record<string, unknown>
type Change = { op: 'insert' | 'update' | 'delete'; table: string; id: string; set?: Row }

/**
 * One use case's writes. Tables that tell of a review are written only through here, so that each change
 * stands in the ledger entry of the same transaction, together with who did it.
 */
export class UnitOfWork {
  readonly at = businessNow()
  #changes: Change[] = []
  #entries: NewEntry[] = []
  #afterCommit: ((receipts: Receipt[]) => void | Promise<void>)[] = []

  constructor(
    readonly trx: TransactionClientContract,
    readonly actor: AnyActor
  ) {}

  /** Inserts a row; `row.id` must be set. JSON columns are given as objects. */
  async insert(table: string, row: Row & { id: string }): Promise<void> {
    await this.trx.table(table).insert(encodeJson(row))
    this.#changes.push({ op: 'insert', table, id: row.id, set: logged(table, row) })
  }

  /** Updates one row by id. @throws when there is no such row: callers have locked and checked it before. */
  async update(table: string, id: string, set: Row): Promise<void> {
    const count = await this.trx.from(table).where('id', id).update(encodeJson(set))
    if (Number(count) !== 1) throw new Error(`No row ${id} in ${table}`)
    const change = logged(table, set)
    if (Object.keys(change).length > 0) this.#changes.push({ op: 'update', table, id, set: change })
  }

  /** Deletes one row by id, for what is replaced as a set (a draft's works and parties). */
  async delete(table: string, id: string): Promise<void> {
    auditedTable(table)
    await this.trx.from(table).where('id', id).delete()
    this.#changes.push({ op: 'delete', table, id })
  }

  /** Tells the log what happened. Every unit that changes a row must tell at least once. */
  entry(entry: NewEntry): void {
    this.#entries.push(entry)
  }

  /**
   * Runs once the transaction is durable: events, broadcasts. Never inside it. Receipts are there at once only where
   * an entry asked for its place (`placed`), or where the log has no outbox.
   */
  afterCommit(effect: (receipts: Receipt[]) => void | Promise<void>): void {
    this.#afterCommit.push(effect)
  }

  /** For `record` alone: appends to the log as the last statements of the transaction. */
  async seal(): Promise<Receipt[]> {
    if (this.#entries.length === 0) {
      if (this.#changes.length > 0) throw new Error('A change without a ledger entry')
      return []
    }
    const actor = { user: this.actor.userId, capacity: this.actor.capacityId, kind: this.actor.kind }
    const [first, ...rest] = this.#entries.map((entry) => ({
      ...entry,
      payload: { actor, ...entry.payload },
    }))
    const withChanges = { ...first!, payload: { ...first!.payload, changes: this.#changes } }
    const entries = [withChanges, ...rest].map((entry) => ({ ...entry, at: this.at }))
    if (!usesOutbox()) return appendEntries(this.trx, entries)
    if (entries.some(needsItsPlace)) return appendBehind(this.trx, entries)
    await enqueue(this.trx, this.at, entries)
    this.afterCommit(wakeSequencer)
    return []
  }

  async runAfterCommit(receipts: Receipt[]): Promise<void> {
    for (const effect of this.#afterCommit) await effect(receipts)
  }
}

function logged(table: string, row: Row): Row {
  const { digest = [], skip = [] } = auditedTable(table)
  return Object.fromEntries(
    Object.entries(row)
      .filter(([column, value]) => column !== 'id' && !skip.includes(column) && value !== undefined)
      .map(([column, value]) => [column, digest.includes(column) ? ledgerDigest(value) : ledgerValue(value)])
  )
}

/** The driver takes arrays for PostgreSQL arrays; our array and object columns are all JSON. */
function encodeJson(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value !== null &&
      typeof value === 'object' &&
      !(value instanceof Date) &&
      !(value instanceof Uint8Array)
        ? JSON.stringify(value)
        : value,
    ])
  )
}

/**
 * Runs one use case in one transaction, ledger entry included.

 */
export async function record<T>(actor: AnyActor, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
  const trx = await db.transaction()
  const unit = new UnitOfWork(trx, actor)
  let value: T
  let receipts: Receipt[]
  try {
    value = await work(unit)
    receipts = await unit.seal()
    await trx.commit()
  } catch (error) {
    await trx.rollback()
    throw error
  }
  await unit.runAfterCommit(receipts)
  return value
}

/** Thrown inside `record` to undo everything and hand a typed failure to the caller. */
class Rollback extends Error {
  constructor(readonly outcome: { ok: false; error: { code: string } }) {
    super(outcome.error.code)
  }
}

type Outcome = { ok: true; value: unknown } | { ok: false; error: { code: string } }

/** As `record`, for use cases that can fail in expected ways: nothing is kept of a failed one. */
export async function recordResult<T, E extends { code: string }>(
  actor: AnyActor,
  work: (unit: UnitOfWork) => Promise<Result<T, E>>
): Promise<Result<T, E>>
/** The type of the outcome is that of the work, each of its failures included. */
export async function recordResult<R extends Outcome>(
  actor: AnyActor,
  work: (unit: UnitOfWork) => Promise<R>
): Promise<R>
export async function recordResult(
  actor: AnyActor,
  work: (unit: UnitOfWork) => Promise<Outcome>
): Promise<Outcome> {
  try {
    return await record(actor, async (unit) => {
      const result = await work(unit)
      if (!result.ok) throw new Rollback(result)
      return result
    })
  } catch (error) {
    if (error instanceof Rollback) return error.outcome
    throw error
  }
}
