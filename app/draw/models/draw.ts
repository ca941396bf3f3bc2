import type { ChancesError } from '#lib/draw/chances'
import type { DrawResult } from '#lib/draw/draw'
import type { Proofs } from '#lib/draw/entropy'
import type { PlanIdentity } from '#lib/draw/plan_key'
import type { PoolLeaf } from '#lib/draw/pool'
import type { DrawRules } from '#lib/draw/rules'
import type { IdentityOpening } from '#lib/draw/salts'
import type { Work } from '#draw/domain/facts'
import type { PlaceState } from '#draw/domain/place_transitions'

/** `awaiting_beacon`: both parties have answered, and the round of the public beacon is not there yet. */
export type DrawStatus = 'committed' | 'awaiting_witness' | 'awaiting_beacon' | 'completed'

/** Level L3: the round that is awaited, as the log's entry in this review's stream says. */
export interface Awaited {
  readonly reviewId: string
  /** Seconds since 1970. */
  readonly time: number
  readonly round: number
  /** When the round is published, seconds since 1970. */
  readonly due: number
}

export type MeetingMode = 'on_site' | 'remote'
export type SeatRole = 'leader' | 'member' | 'alternate'

export interface DrawRow {
  readonly id: string
  readonly number: string
  readonly review_id: string
  readonly first_review_id: string
  readonly plan_id: string
  readonly plan_key: string
  readonly plan_line: string
  readonly round: number
  readonly organiser_id: string
  readonly agency_id: string | null
  readonly status: DrawStatus
  readonly draw_id: string
  readonly plan_identity: PlanIdentity
  readonly works: Work[]
  readonly rules: DrawRules
  readonly rules_hash: string
  readonly pool_root: string
  readonly spec_hash: string
  readonly meeting_day: string
  readonly library_count: number
  readonly matched_count: number
  readonly eligible_count: number
  readonly employer_count: number
  readonly excluded: Record<string, number>
  /** Null where the pool sufficed as it was. */
  readonly attempts: FailedAttempt[] | null
  readonly proofs: Proofs | null
  readonly result: DrawResult | null
  readonly default_panel: number[] | null
  readonly committed_at: Date
  readonly completed_at: Date | null
  readonly meeting_at: Date | null
  readonly meeting_mode: MeetingMode | null
  readonly meeting_place: string | null
  readonly panel_confirmed_at: Date | null
  readonly panel_is_default: boolean | null
  readonly server_at: Date | null
  readonly witness_since: Date | null
  readonly witness_code: string | null
  readonly witness_at: Date | null
  readonly awaited: Awaited | null
  readonly witness_proof: string | null
  readonly beacon_code: string | null
  /** When the log was told that the round ended in 不通过. */
  readonly failed_at: Date | null
  readonly revision: number
}

/** A pool that did not suffice, and by which numbers. `step`: the last one it was widened by, if any. */
export interface FailedAttempt {
  readonly step: string | null
  readonly matched: number
  readonly eligible: number
  readonly error: ChancesError
}

export interface SeatRow {
  readonly id: string
  readonly draw_id: string
  readonly seat: number
  readonly expert_id: string
  readonly user_id: string
  readonly roster_no: string
  readonly pin: number | null
  readonly ticket: string
  readonly employer: number
  readonly specialty: string
  readonly matched: string
  readonly is_main: boolean
  readonly state: PlaceState
  readonly left_as: PlaceState | null
  readonly replaces_seat: number | null
  readonly replaced_by_seat: number | null
  readonly invited_at: Date | null
  readonly answer_due_at: Date | null
  readonly answered_at: Date | null
  readonly answered_by: 'session' | 'link' | null
  readonly reason_code: string | null
  readonly reason: string | null
  readonly role: SeatRole | null
  readonly letter: string | null
}

export interface DepartureRow {
  readonly id: string
  readonly draw_id: string
  readonly position: number
  readonly seat: number
  readonly leaver: string
  readonly review_id: string
  readonly status: 'queued' | 'logged' | 'filled' | 'unfilled'
  readonly number: number | null
  readonly input: string | null
  readonly candidates: number | null
  readonly proofs: Proofs | null
  readonly widened: boolean | null
  readonly outcome: string | null
  readonly awaited: Awaited | null
  readonly witness_proof: string | null
  readonly beacon_code: string | null
  readonly left_at: Date
  readonly done_at: Date | null
}

/** One expert of the stored pool: the leaf the root commits to, its opening, and who it is here. */
export interface PoolEntry {
  readonly leaf: PoolLeaf
  readonly opening: IdentityOpening
  readonly expertId: string
  readonly userId: string
  readonly matched: string
  readonly isMain: boolean
  /** Which of the expert's own employers an exclusion follows from; draws before it was kept have none. */
  readonly because?: readonly { readonly code: string; readonly employer: string }[]
}
