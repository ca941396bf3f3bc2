import type { Regulation } from '#core/regulation/types'
import type { Match } from './expert_matches_the_plan.ts'
import type { Exclusion } from './facts.ts'

export type Candidate = {
  id: string
  /** Present employers; a retired expert's former one is among them. */
  employer_ids: readonly string[]
  match: Match | null
  /** Stands in for the specialty they match by, with a neighbouring one of their own. */
  stands_in: boolean
  accepted: boolean
  exclusions: readonly Exclusion[]
}

export type Panel = {
  members: readonly Candidate[]
  leader_id: string | null
  alternates: readonly Candidate[]
}

/** One line of the panel's checklist: `have` against `need`, in persons, specialties or employers. */
export type PanelCheck = { rule: string; code: PanelCheckCode; ok: boolean; have: number; need: number }

export type PanelCheckCode =
  | 'size_and_odd'
  | 'specialties'
  | 'main_specialty'
  | 'employers'
  | 'all_match'
  | 'no_interest'
  | 'no_earlier_review'
  | 'good_standing'
  | 'all_accepted'
  | 'leader'
  | 'leader_of_main_specialty'
  | 'alternates'

/**
 * Rules DRAW-1, DRAW-3 … DRAW-6, DRAW-8, DRAW-11, DRAW-13. The checklist of a panel in its order on the
 * page. DRAW-10: a panel with a line that is not ok is refused, see `panelMayBeConfirmed`.
 */
export function checkPanel(panel: Panel, regulation: Regulation): PanelCheck[] {
  return [...checkMembers(panel.members, regulation), ...checkOffices(panel, regulation)]
}

/** Rule DRAW-10 (NN 4(2)). A panel that breaks a rule makes the review void, so it can't be confirmed. */
export function panelMayBeConfirmed(panel: Panel, regulation: Regulation): boolean {
  return checkPanel(panel, regulation).every((check) => check.ok)
}

/** The lines that depend on the members alone, whoever leads. */
export function checkMembers(members: readonly Candidate[], { values }: Regulation): PanelCheck[] {
  const n = new Set(members.map((member) => member.id)).size
  const matched = members.filter((member) => member.match !== null)
  const specialties = new Set(matched.map((member) => member.match?.specialty)).size
  const main = members.filter((member) => member.match?.kind === 'main').length
  const without = (rule: string) =>
    members.filter((one) => !one.exclusions.some((found) => found.rule === rule)).length
  const standing = members.filter((one) =>
    one.exclusions.every((found) => OTHER_LINES.has(found.rule))
  ).length
  const odd = !values['panel.odd'].value || n % 2 === 1
  const minimum = values['panel.minimum'].value
  return [
    {
      rule: 'DRAW-1',
      code: 'size_and_odd',
      ok: n >= minimum && odd && n === members.length,
      have: n,
      need: minimum,
    },
    atLeast('DRAW-4', 'specialties', specialties, values['panel.minimum_specialties'].value),
    atLeast('DRAW-4', 'main_specialty', main, values['panel.minimum_main_specialty'].value),
    atLeast(
      'DRAW-4',
      'employers',
      withinEmployerCap(members, values['panel.maximum_per_employer'].value),
      members.length
    ),
    atLeast('DRAW-4', 'all_match', matched.length, members.length),
    atLeast('DRAW-5', 'no_interest', without('DRAW-5'), members.length),
    atLeast('DRAW-6', 'no_earlier_review', without('DRAW-6'), members.length),
    atLeast('DRAW-8', 'good_standing', standing, members.length),
    atLeast('DRAW-13', 'all_accepted', members.filter((member) => member.accepted).length, members.length),
  ]
}

/** Exclusions by these rules have a line of their own; all others make up "good standing". */
const OTHER_LINES: ReadonlySet<string> = new Set(['DRAW-1', 'DRAW-5', 'DRAW-6'])

/** Rules DRAW-3 (a leader who is one of the panel), DRAW-4 (of the main specialty), DRAW-11 (alternates). */
function checkOffices(panel: Panel, { values }: Regulation): PanelCheck[] {
  const leader = panel.members.find((member) => member.id === panel.leader_id)
  const needMain = values['panel.leader_of_main_specialty'].value ? 1 : 0
  const members = new Set(panel.members.map((member) => member.id))
  const fit = panel.alternates.filter(
    (one) => !members.has(one.id) && one.accepted && one.match !== null && one.exclusions.length === 0
  )
  const alternates = new Set(fit.map((one) => one.id)).size
  return [
    atLeast('DRAW-3', 'leader', leader === undefined ? 0 : 1, 1),
    atLeast(
      'DRAW-4',
      'leader_of_main_specialty',
      leader?.match?.kind === 'main' && !leader.stands_in ? 1 : 0,
      needMain
    ),
    {
      ...atLeast('DRAW-11', 'alternates', alternates, values['panel.alternates'].value),
      ok: alternates === values['panel.alternates'].value && alternates === panel.alternates.length,
    },
  ]
}

/** How many members remain when of each employer only as many as allowed are counted. */
function withinEmployerCap(members: readonly Candidate[], cap: number): number {
  const counts = new Map<string, number>()
  let within = 0
  for (const { employer_ids } of members) {
    if (employer_ids.some((id) => (counts.get(id) ?? 0) >= cap)) continue
    employer_ids.forEach((id) => counts.set(id, (counts.get(id) ?? 0) + 1))
    within += 1
  }
  return within
}

function atLeast(rule: string, code: PanelCheckCode, have: number, need: number): PanelCheck {
  return { rule, code, ok: have >= need, have, need }
}
