/**
 * Why no checkpoint is signed any more: the log in the database is not the one that was signed before. Only a
 * person can find out what happened, so it stays until the cause is gone.
 */
export type LedgerProblem =
  /** The database holds fewer entries than were signed. */
  | { code: 'ledger_rolled_back'; size: number; signed: number }
  /** The database holds other entries than were signed, or says otherwise of itself than its entries do. */
  | { code: 'ledger_forked'; size: number }
  /** An entry that was not signed yet is not the one that was appended. */
  | { code: 'entry_altered'; index: number }
  /** The head kept apart from the database is gone, behind what was published, or damaged. */
  | { code: 'head_lost'; published: number }
  | { code: 'head_rolled_back'; size: number; published: number }
  | { code: 'head_unreadable'; reason: string }
  /** Another installation went on from the same head. */
  | { code: 'head_taken'; size: number }
  /** The witness has seen more of the log than there is, or another log. */
  | { code: 'witness_ahead'; size: number; seen: number }
  | { code: 'witness_saw_another_log'; size: number }

interface Seen {
  readonly size: number
  readonly root: string
}

/** Whether the log in the database still holds what was signed and what was published, judged by sizes and roots. */
export function headProblem(signed: Seen, published: Seen | null, stored: Seen): LedgerProblem | null {
  if (published && signed.size === 0) return { code: 'head_lost', published: published.size }
  if (published && published.size > signed.size)
    return { code: 'head_rolled_back', size: signed.size, published: published.size }
  if (published && published.size === signed.size && published.root !== signed.root)
    return { code: 'ledger_forked', size: signed.size }
  if (stored.size < signed.size) return { code: 'ledger_rolled_back', size: stored.size, signed: signed.size }
  if (stored.size === signed.size && stored.root !== signed.root)
    return { code: 'ledger_forked', size: stored.size }
  return null
}
