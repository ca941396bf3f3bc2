import type { EmployerFigure } from './employer_figures.ts'
import type { ExpertFigure } from './expert_figures.ts'
import type { OrganiserFigure } from './organiser_figures.ts'
import type { Redraws } from './redraws.ts'
import type { RefusalFigures } from './refusal_figures.ts'

/** Something to look at: chance alone would hardly bring it about. It says what was, never why. */
export type Flag = {
  readonly code:
    | 'expert_drawn'
    | 'expert_replaced'
    | 'employer_drawn'
    | 'everybody'
    | 'roster_position'
    | 'employer_size'
    | 'same_experts'
    | 'expert_refuses'
    | 'organiser_refused'
    | 'expert_refuses_organiser'
  /** Roster numbers concerned. */
  readonly experts: readonly string[]
  readonly host: string | null
  /** After Holm's correction over the list. */
  readonly adjusted: number
}

type Lists = {
  readonly experts: readonly ExpertFigure[]
  readonly employers: readonly EmployerFigure[]
  readonly groups: Redraws
  readonly organisers: readonly OrganiserFigure[]
  readonly refusals: RefusalFigures
}

/** What lies at or below `alpha`, the least likely first. */
export function flagsOf({ experts, employers, groups, organisers, refusals }: Lists, alpha: number): Flag[] {
  const all: Flag[] = [
    ...experts.map(({ id, drawn }) => flag('expert_drawn', [id], null, drawn)),
    ...experts.map(({ id, replaced }) => flag('expert_replaced', [id], null, replaced)),
    ...employers.map((one) => flag('employer_drawn', one.experts, null, one.drawn)),
    ...groups.figures.map((one) => flag(one.kind, [], null, one)),
    ...organisers.map((one) => flag('same_experts', oftenChosen(one), one.host, one)),
    ...refusals.byExpert.map((one) => flag('expert_refuses', [one.id!], null, one)),
    ...refusals.byHost.map((one) => flag('organiser_refused', [], one.host, one)),
    ...refusals.byPair.map((one) => flag('expert_refuses_organiser', [one.id!], one.host, one)),
  ]
  return all.filter(({ adjusted }) => adjusted <= alpha).sort((a, b) => a.adjusted - b.adjusted)
}

function flag(
  code: Flag['code'],
  experts: readonly string[],
  host: string | null,
  { adjusted }: { readonly adjusted: number }
): Flag {
  return { code, experts, host, adjusted }
}

/** Those chosen more often than in the mean, the least likely first. */
function oftenChosen({ experts }: OrganiserFigure): string[] {
  return experts
    .filter(({ chosen, expected }) => chosen > 1 && chosen > expected)
    .sort((a, b) => a.p - b.p)
    .slice(0, 5)
    .map(({ id }) => id)
}
