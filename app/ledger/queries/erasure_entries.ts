import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ERASURE_TYPE, LEDGER_STREAM, RESTORED_TYPE } from '#lib/ledger/leaf'
import type { ErasedEntry } from '#ledger/domain/erasure'
import { isLost, type Restoration } from '#ledger/domain/restoration'
import { streamEntries, type OpenedEntry } from '#ledger/queries/stream_entries'

/** The entries on record that tell why any of these has no content: of an erasure, or of what a restored database lost. */
export async function erasureEntries(
  indexes: readonly number[],
  trx: TransactionClientContract
): Promise<OpenedEntry[]> {
  if (indexes.length === 0) return []
  const entries = await streamEntries(LEDGER_STREAM, trx)
  return entries.filter(({ type, opening }) => {
    const said = opening?.payload as unknown as ({ erased: ErasedEntry[] } & Restoration) | undefined
    if (said && type === ERASURE_TYPE) return said.erased.some(({ index }) => indexes.includes(index))
    return said && type === RESTORED_TYPE ? indexes.some((index) => isLost(index, [said])) : false
  })
}
