/**
 * What an erasure leaves on record (SEC-1, DRAW-9): which entries, by index and leaf, and which rows and columns
 * their changes touched, so that the log can still be replayed. No value of theirs.
 */
import type { Json } from '#lib/canonical_json'
import { CLOSING_TYPE, ERASURE_TYPE } from '#lib/ledger/leaf'
import { SAMPLE_ENTRY_TYPE } from '#lib/draw/spot_check_protocol'
import { RESTORED_TYPE } from '#ledger/domain/restoration'
import { COMMIT_ENTRY_TYPE, DEPARTURE_ENTRY_TYPE, UNFILLED_ENTRY_TYPE } from '#lib/draw/witness_protocol'

export interface ErasedChange {
  readonly op: 'insert' | 'update' | 'delete'
  readonly table: string
  readonly id: string
  readonly columns: readonly string[]
}

export interface ErasedEntry {
  readonly index: number
  readonly leafHash: string
  readonly changes: readonly ErasedChange[]
}

/** They name nobody, and others rest on them: what became of entries and streams, and what draws are proved by. */
const KEPT_TYPES: readonly string[] = [
  ERASURE_TYPE,
  RESTORED_TYPE,
  CLOSING_TYPE,
  COMMIT_ENTRY_TYPE,
  DEPARTURE_ENTRY_TYPE,
  UNFILLED_ENTRY_TYPE,
  SAMPLE_ENTRY_TYPE,
]

export function mayBeErased(type: string): boolean {
  return !KEPT_TYPES.includes(type)
}

/** The changes of a payload without what they set. */
export function changesWithoutValues(payload: { changes?: unknown }): ErasedChange[] {
  const changes = (payload.changes ?? []) as {
    op: ErasedChange['op']
    table: string
    id: string
    set?: Json
  }[]
  return changes.map(({ op, table, id, set }) => ({ op, table, id, columns: Object.keys(set ?? {}).sort() }))
}
