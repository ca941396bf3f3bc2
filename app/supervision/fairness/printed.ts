import { decimalText } from '#lib/draw/fairness/decimal_text'
import type { Against } from '#lib/draw/fairness/expert_figures'
import type { FairnessReport } from '#lib/draw/fairness/report'

/** The report for a terminal, in lines: what is missing, what to look at, then the figures. */
export function fairnessLines(report: FairnessReport): string[] {
  const { year, draws, recomputed, replaced, notReplaced, panels, departures, refusals, head, limits } =
    report
  const { times, figures } = report.groups
  return [
    ...report.faults.map((fault) => `NOT WHOLE: ${JSON.stringify(fault)}`),
    ...report.flags.map(({ code, experts, host, adjusted }) => {
      return `LOOK: ${[code, ...experts, host ?? ''].join(' ').trim()}, p = ${shown(adjusted)} after correction`
    }),
    `${year}: ${draws} draws, ${recomputed} recomputed; ${replaced} places refilled, ${notReplaced} not`,
    `${panels} panels, ${departures} other than the first valid ones; ${refusals.refused} of ${refusals.asked} invitations refused`,
    'expert: could be drawn, expected, drawn, p; could come, expected, came, p',
    ...report.experts.map(({ id, drawn, replaced: came }) => `  ${id}: ${against(drawn)}; ${against(came)}`),
    'employer: could be drawn, expected, drawn, p',
    ...report.employers.map(({ experts, drawn }) => `  ${experts.join(' ')}: ${against(drawn)}`),
    `redrawn ${times} times:`,
    ...figures.map(({ kind, p }) => `  ${kind}: p = ${shown(p)}`),
    'organiser: panels, other than the first valid ones, p of the same experts',
    ...report.organisers.map(({ host, panels: own, departures: other, p }) => {
      return `  ${host}: ${own}, ${other}, ${shown(p)}`
    }),
    ...report.repeated.flatMap(({ permit, draws: again }) => [
      `permit ${permit}, drawn for ${again.length} times:`,
      ...again.map(({ number, round, part, categories, because, report: said }) => {
        const paper = because === 'failed_before' ? `, report ${said ?? 'NOT NAMED'}` : ''
        return `  ${number ?? '-'}: round ${round}, ${categories.join('+')}, ${part || '-'}: ${because}${paper}`
      }),
    ]),
    `ledger: ${head.size} entries, root ${head.root}`,
    `${report.flags.length} to look at; a fair year raises a flag in a list with a chance of at most ${limits.alarmPerMille} in 1,000`,
  ]
}

function against({ could, expected: { num, den }, observed, p }: Against): string {
  return `${could}, ${decimalText({ num: BigInt(num), den: BigInt(den) }, 3)}, ${observed}, ${shown(p)}`
}

function shown(p: number): string {
  return p >= 0.001 || p === 0 ? p.toFixed(4) : p.toExponential(2)
}
