import type { DefectGroup, Regulation } from '#core/regulation/types'

/** The four steps of list 63 at which it is ticked. */
export const SELF_CHECK_STEPS = ['writing', 'contractor_review', 'supervision_review', 'panel'] as const
export type SelfCheckStep = (typeof SELF_CHECK_STEPS)[number]

export type Tick = { item: string; state: 'none' | 'present' | 'not_applicable'; page: number | null }

export type SelfCheckFault =
  | { code: 'item_not_ticked'; item: string }
  | { code: 'item_ticked_twice'; item: string }
  | { code: 'item_not_of_this_plan'; item: string }
  | { code: 'page_missing'; item: string }
  | { code: 'defect_present'; item: string }

/** Rule PLAN-7. The groups of the list for works of these categories: the general one, then their own. */
export function defectGroupsFor(categories: readonly string[], regulation: Regulation): DefectGroup[] {
  const own = new Set(
    regulation.categories
      .filter((category) => categories.includes(category.code))
      .flatMap((category) => category.defect_groups)
  )
  return regulation.severe_defects.filter((group) => group.every_plan || own.has(group.group))
}

/**
 * Rule PLAN-7 (list 63 of 2024). At each step every item for the plan is ticked: none (with the page that
 * shows it), present, or not applicable. An item that is present stops the next step. An empty list of
 * faults lets the plan go on.
 */
export function selfCheckFaults(
  categories: readonly string[],
  ticks: readonly Tick[],
  regulation: Regulation
): SelfCheckFault[] {
  const items = defectGroupsFor(categories, regulation).flatMap((group) =>
    group.items.map((item) => item.code)
  )
  const own = new Set(items)
  const strays = ticks
    .filter((tick) => !own.has(tick.item))
    .map((tick): SelfCheckFault => ({ code: 'item_not_of_this_plan', item: tick.item }))
  return [...items.flatMap((item) => faultsOf(item, ticks)), ...strays]
}

function faultsOf(item: string, ticks: readonly Tick[]): SelfCheckFault[] {
  const [tick, ...more] = ticks.filter((one) => one.item === item)
  if (tick === undefined) return [{ code: 'item_not_ticked', item }]
  if (more.length > 0) return [{ code: 'item_ticked_twice', item }]
  if (tick.state === 'present') return [{ code: 'defect_present', item }]
  const paged = tick.page !== null && Number.isSafeInteger(tick.page) && tick.page >= 1
  return tick.state === 'none' && !paged ? [{ code: 'page_missing', item }] : []
}
