import type { Sampled } from '#lib/draw/spot_check'
import type { SpotCheckScope } from '#lib/draw/spot_check_evidence'

/** Reviews that were concluded, or among them those whose plan must be revised. */
export const SPOT_CHECK_KINDS = ['concluded', 'revision'] as const
export type SpotCheckKind = (typeof SPOT_CHECK_KINDS)[number]

export type Scope = SpotCheckScope & { readonly kind: SpotCheckKind }
export type SpotCheckStatus = 'committed' | 'awaiting_witness' | 'completed'

export interface SpotCheckRow {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly occasion: string
  readonly scope: Scope
  readonly count: number
  readonly population: string[]
  readonly root: string
  readonly input: string
  readonly server_key: string
  readonly witness_key: string
  readonly status: SpotCheckStatus
  readonly started_by: string
  readonly started_for: string | null
  readonly committed_at: Date
  readonly server_at: Date | null
  readonly witness_code: string | null
  readonly proofs: { server: string; witness: string } | null
  readonly taken: Sampled[] | null
  readonly completed_at: Date | null
}

export function spotCheckStream(id: string): string {
  return `spot_check/${id}`
}
