import type { Seat } from '../draw.ts'
import type { DrawRules } from '../rules.ts'

/** One who could be drawn, as the commit entry tells it. */
export type EligibleExpert = { readonly id: string; readonly employer: number; readonly specialty: string }

/** How somebody left a place. */
export type Left = 'declined' | 'no_answer' | 'recused' | 'withdrew' | 'missed'

export type YearSeat = {
  readonly seat: number
  readonly id: string
  readonly employer: number
  readonly specialty: string
  readonly ticket: string
  /** The seat whose holder this one came for; null for the ten. */
  readonly replaces: number | null
  invited: boolean
  accepted: boolean
  left: Left | null
}

/** A panel as it was last confirmed, and who could have been on it at that moment. */
export type PanelChoice = {
  readonly index: number
  /** Seats that nobody had given up and whose answer was not awaited. */
  readonly candidates: readonly number[]
  readonly members: readonly number[]
  readonly isDefault: boolean
}

/** Somebody left and another came, or nobody could. */
export type YearReplacement = {
  readonly seat: number
  readonly number: number | null
  readonly leaver: string
  readonly taken: Seat | null
}

/** All that the ledger tells of one draw. */
export type YearDraw = {
  readonly drawId: string
  readonly number: string | null
  readonly index: number
  readonly at: string
  readonly round: number
  readonly rules: DrawRules
  /** Whoever chooses of the ten: the agency where the organiser delegated, else the organiser; null in old entries. */
  readonly host: string | null
  /** Null in old entries, which name the eligible without employer and specialty: nothing is guessed. */
  readonly eligible: readonly EligibleExpert[] | null
  readonly excluded: readonly { readonly id: string; readonly reason: string }[]
  seats: YearSeat[] | null
  defaultPanel: readonly number[] | null
  readonly replacements: YearReplacement[]
  choice: PanelChoice | null
}

export type FoldFault = {
  /** Its entry names a draw or a seat that no earlier entry brought about, or can't be read. */
  readonly code: 'entry_out_of_place'
  readonly index: number
  readonly type: string
}
