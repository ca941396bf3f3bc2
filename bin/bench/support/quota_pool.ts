import { seeded } from '#bin/bench/support/seeded'
import type { PoolLeaf } from '#lib/draw/pool'
import type { Quota } from '#lib/draw/quotas'

const COMPANIONS = ['hydrogeology', 'monitoring', 'safety', 'structure']
const MAIN = 'geotechnical'

/** A pit's: four to seven of the ten of the main specialty, at most two of each companion. */
export const QUOTAS: readonly Quota[] = [
  { specialty: MAIN, min: 4, max: 7 },
  ...COMPANIONS.map((specialty) => ({ specialty, min: 0, max: 2 })),
]

/** Two fifths of the main specialty, employers of uneven size; the same for the same seed. */
export function quotaPool(experts: number, employers: number, seed: number): PoolLeaf[] {
  const random = seeded(seed)
  return Array.from({ length: experts }, (_, i): PoolLeaf => {
    // The smaller of two numbers: employers with low ones are large.
    const employer = 1 + Math.min(random(employers), random(employers))
    const specialty = random(5) < 2 ? MAIN : COMPANIONS[random(COMPANIONS.length)]!
    const id = `E${String(i).padStart(6, '0')}`
    return { v: 1, id, employer, specialty, excluded: null, identity: '', salt: '' }
  })
}
