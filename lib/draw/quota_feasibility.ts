import { DRAW_SIZE } from './labels.ts'
import { Network } from './flow.ts'
import type { PoolShape } from './pool_shape.ts'

/** One specialty in an error: its quota, its eligible experts, and how many of them the cap lets be drawn. */
export type SpecialtyNumbers = {
  readonly specialty: string
  readonly min: number
  readonly max: number
  readonly eligible: number
  readonly reachable: number
}

/**
 * Why no ten keep quotas and cap. `min`: the specialties named need `need` persons together, and the cap lets
 * `reachable` be drawn of them. `max`: ten are needed, and with the specialties named at their greatest number
 * only `reachable` can be drawn.
 */
export type QuotasInfeasible = {
  code: 'quotas_infeasible'
  bound: 'min' | 'max'
  maxPerEmployer: number
  need: number
  reachable: number
  specialties: SpecialtyNumbers[]
}

/**
 * The smallest cap 1 … `maxPerEmployer` under which ten keep the quotas. Drawable numbers per specialty form a
 * polymatroid, so its two conditions are all there is: least numbers can be met, and ten be reached without
 * passing the greatest.
 */
export function smallestCap(shape: PoolShape, maxPerEmployer: number): number | undefined {
  for (let cap = 1; cap <= maxPerEmployer; cap++) {
    if (!shortOfLeast(shape, cap) && !shortOfTen(shape, cap)) return cap
  }
  return undefined
}

/** What is missing under the greatest cap allowed. */
export function infeasibility(shape: PoolShape, maxPerEmployer: number): QuotasInfeasible {
  const short = shortOfLeast(shape, maxPerEmployer) ?? shortOfTen(shape, maxPerEmployer)
  if (!short) throw new RangeError('feasible')
  const specialties = short.specialties.map((i): SpecialtyNumbers => {
    const eligible = shape.kinds.reduce((sum, { employers, experts }) => {
      return sum + employers.length * experts[i]!
    }, 0)
    return { ...shape.quotas[i]!, eligible, reachable: drawable(shape, maxPerEmployer, i) }
  })
  const { bound, need, reachable } = short
  return { code: 'quotas_infeasible', bound, maxPerEmployer, need, reachable, specialties }
}

type Short = { bound: 'min' | 'max'; need: number; reachable: number; specialties: number[] }

/** The specialties that fall short the most of their least numbers together, the fewest that do so. */
function shortOfLeast(shape: PoolShape, cap: number): Short | undefined {
  const least = shape.quotas.map(({ min }) => min)
  const { network, sink, filled, nodeOf } = filledNetwork(shape, cap, least)
  const total = least.reduce((sum, min) => sum + min, 0)
  if (filled === total) return undefined
  const reaching = network.reaching(sink)
  const specialties = least.map((_, i) => i).filter((i) => reaching[nodeOf(i)])
  const need = specialties.reduce((sum, i) => sum + least[i]!, 0)
  return { bound: 'min', need, reachable: need - (total - filled), specialties }
}

/** The specialties whose greatest numbers keep the ten from being reached, the fewest that do so. */
function shortOfTen(shape: PoolShape, cap: number): Short | undefined {
  const most = shape.quotas.map(({ max }) => max)
  const { network, source, filled, nodeOf } = filledNetwork(shape, cap, most)
  if (filled >= DRAW_SIZE) return undefined
  const reached = network.reachedFrom(source)
  const specialties = most.map((_, i) => i).filter((i) => reached[nodeOf(i)])
  return { bound: 'max', need: DRAW_SIZE, reachable: filled, specialties }
}

function filledNetwork({ quotas, kinds }: PoolShape, cap: number, limits: readonly number[]) {
  const source = kinds.length + quotas.length
  const sink = source + 1
  const nodeOf = (specialty: number) => kinds.length + specialty
  const network = new Network(sink + 1)
  kinds.forEach(({ employers, experts }, k) => {
    network.add(source, k, BigInt(cap * employers.length))
    experts.forEach((count, i) => {
      if (count > 0) network.add(k, nodeOf(i), BigInt(count * employers.length))
    })
  })
  limits.forEach((limit, i) => network.add(nodeOf(i), sink, BigInt(limit)))
  return { network, source, sink, nodeOf, filled: Number(network.fill(source, sink)) }
}

function drawable({ kinds }: PoolShape, cap: number, specialty: number): number {
  return kinds.reduce((sum, { employers, experts }) => {
    return sum + employers.length * Math.min(cap, experts[specialty]!)
  }, 0)
}
