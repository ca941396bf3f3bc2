import { binomial } from '../possible_sets.ts'
import { ratio } from './poisson_binomial.ts'

/**
 * Fisher's exact test, upper tail: of `all` things `marked` are marked, `taken` are taken blindly; the chance that
 * at least `seen` of these are marked. Whole numbers until the last division.
 */
export function markedAtLeast(given: { all: number; marked: number; taken: number; seen: number }): number {
  const { all, marked, taken, seen } = given
  const most = Math.min(marked, taken)
  if (seen > most) return 0
  let ways = 0n
  for (let k = Math.max(seen, 0, marked + taken - all); k <= most; k++) {
    ways += binomial(marked, k) * binomial(all - marked, taken - k)
  }
  return ratio(ways, binomial(all, taken))
}
