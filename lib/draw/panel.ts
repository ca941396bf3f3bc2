import type { DrawRules } from './rules.ts'
import type { Seat } from './draw.ts'

/**
 * The first valid panel in the order given (the ten by ticket, then replacements by number): of two valid
 * ones, that which has the earlier person at the first place where they differ. Null when none is valid.
 */
export function firstValidPanel<T>(
  ordered: readonly T[],
  size: number,
  isValid: (members: readonly T[]) => boolean
): T[] | null {
  return search(ordered, size, isValid, [], 0)
}

/** The seats of the default panel under rule DRAW-4 as the rules record states it. */
export function defaultPanel(seats: readonly Seat[], rules: DrawRules): number[] | null {
  const panel = firstValidPanel(seats, rules.panel.size, (members) => fitsPanelRules(members, rules))
  return panel && panel.map(({ seat }) => seat)
}

/** Rule DRAW-4: different employers, enough specialties, enough of the main one. */
export function fitsPanelRules(members: readonly Seat[], { panel }: DrawRules): boolean {
  const employers = new Set(members.map(({ employer }) => employer))
  const specialties = new Set(members.map(({ specialty }) => specialty))
  const main = members.filter(({ specialty }) => specialty === panel.mainSpecialty)
  return (
    employers.size === members.length &&
    specialties.size >= panel.minSpecialties &&
    main.length >= panel.minMain
  )
}

function search<T>(
  ordered: readonly T[],
  size: number,
  isValid: (members: readonly T[]) => boolean,
  chosen: readonly T[],
  from: number
): T[] | null {
  if (chosen.length === size) return isValid(chosen) ? [...chosen] : null
  for (let i = from; i <= ordered.length - (size - chosen.length); i++) {
    const found = search(ordered, size, isValid, [...chosen, ordered[i]!], i + 1)
    if (found) return found
  }
  return null
}
