import { m } from '#paraglide/messages.js'
import type { FairnessFault } from '@shared/draw/fairness/report.ts'
import { fraction, shown } from './figures.ts'
import type { Against, FairnessReport, Flag, FlagRow, Names, PublicReport } from './types.ts'

/** What is missing or altered, in words. */
export function faultText(fault: FairnessFault): string {
  switch (fault.code) {
    case 'leaf_unreadable':
      return m.fairness_fault_leaf_unreadable(fault)
    case 'commitment':
      return m.fairness_fault_commitment(fault)
    case 'index_twice':
      return m.fairness_fault_index_twice(fault)
    case 'entry_closed':
      return m.fairness_fault_entry_closed(fault)
    case 'entry_missing':
      return m.fairness_fault_entry_missing(fault)
    case 'stream_broken':
      return m.fairness_fault_stream_broken(fault)
    case 'stream_unknown':
      return m.fairness_fault_stream_unknown(fault)
    case 'entry_out_of_place':
      return m.fairness_fault_entry_out_of_place(fault)
    default:
      return drawFaults[fault.code]({
        draw: ('number' in fault && fault.number) || fault.drawId.slice(0, 16),
      })
  }
}

const drawFaults = {
  not_completed: m.fairness_fault_not_completed,
  not_recomputable: m.fairness_fault_not_recomputable,
  chances_impossible: m.fairness_fault_chances_impossible,
  seats_impossible: m.fairness_fault_seats_impossible,
  counts_impossible: m.fairness_fault_counts_impossible,
  replacement_impossible: m.fairness_fault_replacement_impossible,
}

type Because = Pick<FairnessReport['repeated'][number]['draws'][number], 'because' | 'report'>

/** Why a permit was drawn for again. */
export function becauseText({ because, report }: Because): string {
  if (because !== 'failed_before') return reasons[because]()
  return report
    ? m.fairness_because_failed_before({ report: report.slice(0, 16) })
    : m.fairness_because_failed_unnamed()
}

const reasons = {
  first: m.fairness_because_first,
  round_unproved: m.fairness_because_round_unproved,
  other_part: m.fairness_because_other_part,
  other_categories: m.fairness_because_other_categories,
  reads_alike: m.fairness_because_reads_alike,
}

/** E-0042 王某, or the number alone where names are not shown. */
export function expertText(id: string, names: Names | null): string {
  const name = names?.experts[id]
  return name ? `${name}（${id}）` : id
}

export function hostText(id: string | null, names: Names | null): string {
  return (id && names?.hosts[id]) ?? id ?? ''
}

export function flagRows(report: FairnessReport, names: Names): FlagRow[] {
  return report.flags.map((flag, index) => ({
    id: `${flag.code} ${index}`,
    adjusted: flag.adjusted,
    ...wordsOf(flag, report, names),
  }))
}

export function publicFlagRows(report: PublicReport): FlagRow[] {
  return report.flags.map((flag, index) => {
    const [id] = flag.experts
    const expert = report.experts.find((one) => one.id === id)
    const row = { id: `${flag.code} ${index}`, adjusted: flag.adjusted }
    if (flag.code === 'expert_drawn' && expert) return { ...row, ...drawnWords(id!, expert.drawn) }
    if (flag.code === 'expert_replaced' && expert) return { ...row, ...replacedWords(id!, expert.replaced) }
    return { ...row, text: groupWords(flag.code), against: null }
  })
}

type Words = Pick<FlagRow, 'text' | 'against'>

function wordsOf(flag: Flag, report: FairnessReport, names: Names): Words {
  const who = flag.experts.map((id) => expertText(id, names)).join('、')
  const host = hostText(flag.host, names)
  const expert = report.experts.find(({ id }) => id === flag.experts[0])
  if (flag.code === 'expert_drawn' && expert) return drawnWords(who, expert.drawn)
  if (flag.code === 'expert_replaced' && expert) return replacedWords(who, expert.replaced)
  if (flag.code === 'employer_drawn') {
    const employer = report.employers.find(({ experts }) => experts[0] === flag.experts[0])!
    const first = expertText(flag.experts[0]!, names)
    return {
      text: m.fairness_flag_employer_drawn({ who: first, observed: employer.drawn.observed }),
      against: pointOf(employer.drawn),
    }
  }
  if (flag.code === 'same_experts') {
    const pair = report.organisers
      .find((one) => one.host === flag.host)
      ?.experts.find(({ id }) => id === flag.experts[0])
    const against = pair && { expected: pair.expected, observed: pair.chosen }
    return { text: m.fairness_flag_same_experts({ host, who }), against: against ?? null }
  }
  const refusal = refusalOf(flag, report)
  if (!refusal) return { text: groupWords(flag.code), against: null }
  const { asked, declined, noAnswer, recused, withdrew } = refusal
  const refused = declined + noAnswer + recused + withdrew
  const text =
    flag.code === 'expert_refuses'
      ? m.fairness_flag_expert_refuses({ who, refused, asked })
      : flag.code === 'organiser_refused'
        ? m.fairness_flag_organiser_refused({ host, refused, asked })
        : m.fairness_flag_expert_refuses_organiser({ who, host, refused, asked })
  const share = report.refusals.refused / Math.max(1, report.refusals.asked)
  return { text, against: { expected: asked * share, observed: refused } }
}

function refusalOf(flag: Flag, { refusals }: FairnessReport) {
  const lists = {
    expert_refuses: refusals.byExpert,
    organiser_refused: refusals.byHost,
    expert_refuses_organiser: refusals.byPair,
  }
  const list = lists[flag.code as keyof typeof lists]
  return list?.find(({ id, host }) => (id ?? undefined) === flag.experts[0] && host === flag.host)
}

function drawnWords(who: string, against: Against): Words {
  const more = against.observed > fraction(against.expected)
  const words = { who, observed: against.observed }
  return {
    text: more ? m.fairness_flag_expert_drawn_more(words) : m.fairness_flag_expert_drawn_less(words),
    against: pointOf(against),
  }
}

function replacedWords(who: string, against: Against): Words {
  return {
    text: m.fairness_flag_expert_replaced({ who, observed: against.observed }),
    against: pointOf(against),
  }
}

function groupWords(code: Flag['code']): string {
  if (code === 'roster_position') return m.fairness_flag_roster_position()
  if (code === 'employer_size') return m.fairness_flag_employer_size()
  if (code === 'employer_drawn') return m.fairness_employers()
  return m.fairness_flag_everybody()
}

function pointOf({ expected, observed }: Against) {
  return { expected: fraction(expected), observed }
}

/** 应 4.5，实 8, for a table's cell. */
export function againstText({ expected, observed }: Against): string {
  return m.fairness_dot_label({ expected: shown(fraction(expected)), observed: String(observed) })
}

/** The end of the line on which all rows of a list are compared. */
export function longestOf(rows: readonly { drawn: Against }[]): number {
  return 1.05 * Math.max(1, ...rows.map(({ drawn }) => Math.max(fraction(drawn.expected), drawn.observed)))
}

/** Experts whose number of draws is to be looked at. */
export function drawnOtherwise(flags: readonly Pick<Flag, 'code' | 'experts'>[]): ReadonlySet<string> {
  return new Set(flags.filter(({ code }) => code === 'expert_drawn').flatMap(({ experts }) => experts))
}
