import type { Against, ExpertFigure } from '@shared/draw/fairness/expert_figures.ts'
import type { FairnessLimits, FairnessReport } from '@shared/draw/fairness/report.ts'
import type { Flag } from '@shared/draw/fairness/flags.ts'
import type { DrawnBecause } from '@shared/draw/fairness/repeated_permits.ts'
import type { Redraws } from '@shared/draw/fairness/redraws.ts'

export type { Against, ExpertFigure, FairnessReport, Flag, Redraws }

/** Names behind roster numbers and ids, for supervisors alone. */
export interface Names {
  experts: Record<string, string>
  hosts: Record<string, string>
}

/** What the public reads: numbers, and nothing of persons or enterprises but roster numbers. */
export interface PublicReport {
  year: number
  head: { size: number; root: string }
  limits: FairnessLimits
  draws: number
  leftOut: number
  recomputed: number
  replaced: number
  notReplaced: number
  panels: number
  departures: number
  faults: number
  experts: ExpertFigure[]
  employers: { experts: number; drawn: Against }[]
  groups: Redraws
  /** Draws under one permit, without the permit. */
  repeated: { number: string | null; round: number; because: DrawnBecause; report: string | null }[][]
  flags: { code: Flag['code']; experts: string[]; adjusted: number }[]
}

/** A row of the employers' table: who belongs together, or only how many. */
export interface EmployerRow {
  id: string
  who: string
  drawn: Against
}

/** Something to look at, in words and with its figure. */
export interface FlagRow {
  id: string
  text: string
  adjusted: number
  against: { expected: number; observed: number } | null
}
