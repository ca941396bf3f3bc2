import type { FairnessReport } from '#lib/draw/fairness/report'
import type { Flag } from '#lib/draw/fairness/flags'

/** What tells of the draw itself; the others tell of persons and enterprises. */
const OF_THE_DRAW: readonly Flag['code'][] = [
  'expert_drawn',
  'expert_replaced',
  'employer_drawn',
  'everybody',
  'roster_position',
  'employer_size',
]

/**
 * Rules DRAW-9, SUP-5. The yearly report as anybody may read it: how often each roster number could be drawn and
 * was. Neither who chose whom, nor who refused, nor whose suspicion is being looked at.
 */
export function publicReport({ report, leftOut }: { report: FairnessReport; leftOut: number }) {
  const { year, head, limits, draws, recomputed, replaced, notReplaced, panels, departures, groups } = report
  return {
    year,
    head,
    limits,
    draws,
    /** Draws whose meetings have not ended yet. */
    leftOut,
    recomputed,
    replaced,
    notReplaced,
    panels,
    departures,
    faults: report.faults.length,
    experts: report.experts,
    employers: report.employers.map(({ experts, drawn }) => ({ experts: experts.length, drawn })),
    groups,
    repeated: report.repeated.map(({ draws: again }) =>
      again.map(({ number, round, because, report: said }) => ({ number, round, because, report: said }))
    ),
    flags: report.flags
      .filter(({ code }) => OF_THE_DRAW.includes(code))
      .map(({ code, experts, adjusted }) => ({
        code,
        experts: code === 'employer_drawn' ? [] : experts,
        adjusted,
      })),
  }
}
