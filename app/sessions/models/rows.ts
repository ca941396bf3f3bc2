import type { ConclusionCode, OpinionKind, Phase, Region, Stage } from '#lib/room/words'

export interface SessionRow {
  readonly id: string
  readonly review_id: string
  readonly plan_id: string
  readonly version_id: string
  readonly mode: 'remote' | 'on_site'
  readonly place: string
  readonly phase: Phase
  readonly stage: Stage
  readonly delivered_at: Date
  readonly scheduled_at: Date | null
  readonly scheduled_by: string | null
  readonly started_at: Date | null
  readonly ended_at: Date | null
  readonly revealed_at: Date | null
  readonly scribes: readonly string[]
  readonly judgements: Record<'complete' | 'calculations' | 'site', string>
  readonly conclusion: ConclusionCode | null
  readonly reasons: string | null
  readonly dissent: { seatId: string; reason: string }[] | null
  readonly recording: string
  /** bigint: text to the driver. */
  readonly log_seq: string
  readonly log_hash: string
}

export interface SeatRow {
  readonly id: string
  readonly review_id: string
  readonly letter: string
  readonly role: 'leader' | 'expert' | 'alternate'
  readonly sits: boolean
  readonly expert_id: string
  readonly user_id: string
  readonly name: string
  readonly employer: string
  readonly title: string
  readonly position: string
  readonly specialty: string
  readonly certificate_no: string
  readonly roster_no: string
  readonly complete_at: Date | null
  readonly nothing_because: string | null
  readonly left_at: Date | null
  readonly left_because: string | null
}

export interface OpinionRow {
  readonly id: string
  readonly review_id: string
  readonly seat_id: string
  readonly number: number
  readonly label: string
  readonly page: number | null
  readonly region: Region | null
  readonly place: string
  readonly finding: string
  readonly basis: string
  readonly requirement: string
  readonly kind: OpinionKind
  readonly settled_kind: OpinionKind | null
  readonly defect: string | null
  readonly chapter: string | null
  readonly state: string
  readonly item_id: string | null
  readonly left_out_because: string | null
  readonly answer_agrees: boolean | null
  readonly answer_reason: string | null
  readonly submitted_at: Date
  readonly revealed_at: Date | null
}

export interface OperationRow {
  readonly id: string
  readonly review_id: string
  readonly seq: string
  readonly channel: string
  readonly channel_seq: string
  readonly op_id: string
  readonly op_index: number
  readonly type: string
  readonly data: any
  readonly by_user_id: string | null
  readonly for_user_id: string | null
  readonly at: Date
  readonly wall: string
}
