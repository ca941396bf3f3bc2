import type { Soak } from '#bin/soak/support/outcome'
import { compareImplementations } from '#tests/support/second_implementation'

const AT_ONCE = 100

/** Random pools with caps, quotas and replacements, recomputed by the implementation in Python. */
export const soak: Soak = async ({ seed, trials, said }) => {
  const missed: string[] = []
  for (let done = 0; done < trials; done += AT_ONCE) {
    const count = Math.min(AT_ONCE, trials - done)
    missed.push(...compareImplementations(seed + done, count).differences)
    said(done + count, missed.length)
  }
  return { what: 'draws recomputed by a second implementation, field by field', trials, missed }
}
