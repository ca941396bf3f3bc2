import type { PoolLeaf } from '#lib/draw/pool'
import type { Quota } from '#lib/draw/quotas'

type Random = (below: number) => number
const ZERO = '00'.repeat(32)

/** Leaves of experts told apart by employer and specialty alone: `counts[e][s]` of each. */
export function leavesOf(counts: readonly (readonly number[])[]): PoolLeaf[] {
  const leaves: PoolLeaf[] = []
  counts.forEach((row, e) =>
    row.forEach((count, s) => {
      for (let i = 0; i < count; i++) {
        const id = `E${String(leaves.length + 1).padStart(4, '0')}`
        const specialty = specialtyName(s)
        leaves.push({ v: 1, id, employer: e + 1, specialty, excluded: null, identity: ZERO, salt: ZERO })
      }
    })
  )
  return leaves
}

export function specialtyName(place: number): string {
  return `S${place}`
}

export function randomCounts(random: Random, employers: number, specialties: number, most: number) {
  return Array.from({ length: employers }, () =>
    Array.from({ length: specialties }, () => (random(3) === 0 ? 0 : random(most + 1)))
  )
}

/** Quotas for some of the specialties, some of them tight. */
export function randomQuotas(random: Random, specialties: number): Quota[] {
  const quotas: Quota[] = []
  let room = 10
  for (let place = 0; place < specialties; place++) {
    if (random(4) === 0) continue
    const min = Math.min(room, random(5))
    room -= min
    quotas.push({ specialty: specialtyName(place), min, max: Math.min(10, min + random(5)) })
  }
  return quotas
}
