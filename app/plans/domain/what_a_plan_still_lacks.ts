import type { Regulation } from '#core/regulation/types'
import { missingParts } from './plan_has_its_chapters_and_drawings.ts'
import { partyFaults, type NamedParty } from './parties_are_all_named.ts'
import { selfCheckFaults, type Tick } from './severe_defect_stops_the_next_step.ts'

export interface PageRange {
  readonly code: string
  /** First and last page, from 1. */
  readonly from: number
  readonly to: number
}

export interface PlanContent {
  readonly permit: string
  readonly projectPlace: string
  readonly hazardous: boolean | null
  readonly voluntaryReason: string | null
  readonly categories: readonly string[]
  readonly parties: readonly (NamedParty & { readonly hasLead: boolean })[]
  /** Of the round: nothing has been handed over yet. */
  readonly isDraft: boolean
  readonly version: {
    pageCount: number
    state: string
    chapters: readonly PageRange[]
    drawings: readonly PageRange[]
    ticks: readonly Tick[]
  } | null
}

/** One thing to be done; `at` says in which part of the page. */
export interface Lack {
  readonly code: string
  readonly at: 'data' | 'works' | 'parties' | 'version' | 'chapters' | 'defects'
  readonly params: Record<string, unknown>
}

/** Parties whose named person has to sign, so that a name alone is not enough (PLAN-3). */
const LEADS_NEEDED = ['general_contractor', 'supervision']

/**
 * Rules PLAN-1, PLAN-2, PLAN-4, PLAN-5, PLAN-7 and REP-4 together: what is missing before a version can go to the
 * contractor's technical head, in the order of the page, and how many checks are met.
 */
export function whatIsLacking(plan: PlanContent, regulation: Regulation): { lacks: Lack[]; met: number } {
  const groups: Lack[][] = [
    data(plan),
    works(plan),
    ...parties(plan, regulation),
    version(plan),
    ...content(plan, regulation),
  ]
  return { lacks: groups.flat(), met: groups.filter((group) => group.length === 0).length }
}

function data({ permit, projectPlace }: PlanContent): Lack[] {
  const fields = [...(permit.trim() ? [] : ['permit']), ...(projectPlace.trim() ? [] : ['projectPlace'])]
  return fields.map((field) => ({ code: `${field}_missing`, at: 'data', params: {} }))
}

function works({ categories, hazardous, voluntaryReason }: PlanContent): Lack[] {
  if (categories.length === 0) return [{ code: 'works_missing', at: 'works', params: {} }]
  if (hazardous === null) return [{ code: 'parameters_missing', at: 'works', params: {} }]
  return hazardous || voluntaryReason ? [] : [{ code: 'not_hazardous', at: 'works', params: {} }]
}

function parties(plan: PlanContent, regulation: Regulation): Lack[][] {
  const { faults } = partyFaults(plan.parties, regulation)
  return regulation.parties.map(({ code }) => {
    const own = faults.filter((fault) => fault.kind === code)
    if (own.length > 0)
      return own.map((fault) => ({ code: fault.code, at: 'parties', params: { role: code } }))
    const named = plan.parties.filter((party) => party.kind === code)
    const needsLead = LEADS_NEEDED.includes(code) && !named.some((party) => party.hasLead)
    return needsLead ? [{ code: 'party_without_lead', at: 'parties', params: { role: code } }] : []
  })
}

/** REP-4: what one round failed with can't be handed over in the next. */
function version({ version: current, isDraft }: PlanContent): Lack[] {
  if (current === null) return [{ code: 'file_missing', at: 'version', params: {} }]
  if (current.state === 'returned') return [{ code: 'new_version_needed', at: 'version', params: {} }]
  return isDraft && current.state !== 'draft'
    ? [{ code: 'round_version_needed', at: 'version', params: {} }]
    : []
}

function content(plan: PlanContent, regulation: Regulation): Lack[][] {
  const { version: current, categories } = plan
  if (current === null) return [[], []]
  const placed = (ranges: readonly PageRange[]) => ranges.map(({ code, from }) => ({ code, page: from }))
  const missing = missingParts(categories, placed(current.chapters), placed(current.drawings), regulation)
  const outside = [...current.chapters, ...current.drawings]
    .filter((range) => !fits(range, current.pageCount))
    .map((range) => range.code)
  const lack = (code: string, codes: string[]): Lack[] =>
    codes.length > 0 ? [{ code, at: 'chapters', params: { codes, count: codes.length } }] : []
  return [
    lack('chapters_missing', missing.chapters),
    lack('drawings_missing', missing.drawings),
    lack('pages_outside', outside),
    defects(plan, regulation),
  ]
}

function defects({ version: current, categories }: PlanContent, regulation: Regulation): Lack[] {
  const faults = selfCheckFaults(categories, current!.ticks, regulation)
  const open = faults.filter((fault) => fault.code === 'item_not_ticked').map((fault) => fault.item)
  const single = faults.filter((fault) => fault.code !== 'item_not_ticked')
  const pages = current!.ticks.filter((tick) => tick.page !== null && tick.page > current!.pageCount)
  return [
    ...(open.length > 0
      ? [{ code: 'items_not_ticked', at: 'defects' as const, params: { items: open, count: open.length } }]
      : []),
    ...single.map((fault) => ({ code: fault.code, at: 'defects' as const, params: { item: fault.item } })),
    ...pages.map((tick) => ({
      code: 'page_outside',
      at: 'defects' as const,
      params: { item: tick.item, page: tick.page },
    })),
  ]
}

export function fits({ from, to }: PageRange, pageCount: number): boolean {
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 1 && to >= from && to <= pageCount
}
