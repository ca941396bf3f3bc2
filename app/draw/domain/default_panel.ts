import type { Regulation } from '#core/regulation/types'
import { type Candidate, checkMembers } from './panel_is_valid.ts'

/**
 * Rule DRAW-13. The first valid panel of the smallest size by random order (按随机顺序前五名): of all sets that
 * pass the checks, the one whose draw numbers come first. Acceptance is left aside, since it is the choice
 * offered before anyone has answered. Null when no set is valid. `drawn` is in draw order.
 */
export function defaultPanel(drawn: readonly Candidate[], regulation: Regulation): Candidate[] | null {
  return search([], 0)

  function search(chosen: Candidate[], next: number): Candidate[] | null {
    if (chosen.length === regulation.values['panel.minimum'].value) return isValid(chosen) ? chosen : null
    for (let i = next; i < drawn.length; i++) {
      const found = search([...chosen, drawn[i]!], i + 1)
      if (found !== null) return found
    }
    return null
  }

  function isValid(members: readonly Candidate[]): boolean {
    return checkMembers(members, regulation).every((check) => check.ok || check.code === 'all_accepted')
  }
}
