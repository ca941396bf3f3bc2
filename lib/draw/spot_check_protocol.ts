import type { LedgerClaim } from './witness_protocol.ts'

export const SAMPLE_PATH = '/evaluate-sample'

/** Type of the ledger entry that fixes the list; the witness must see it before it answers. */
export const SAMPLE_ENTRY_TYPE = 'spot_check.committed'

/** The largest list and sample. */
export const MAX_SAMPLE = 10_000

/** The payload of the commit entry must hold the first three fields as they stand here; it may hold more. */
export type EvaluateSampleRequest = {
  /** Folded, so that two names that look alike are one. */
  readonly occasion: string
  readonly count: number
  /** Merkle root of the list, hex. */
  readonly root: string
  readonly commit: LedgerClaim
}
