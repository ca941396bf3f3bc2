import { circulate, type Arc } from './flow.ts'
import { DRAW_SIZE } from './labels.ts'
import type { PoolShape } from './pool_shape.ts'
import { compareRational, lcm, rational, type Rational } from './rational.ts'
import { strongComponents } from './strong_components.ts'

/** All employers of one kind and one specialty: `experts` of them in all, with one chance. */
type Group = {
  readonly kind: number
  readonly specialty: number
  readonly experts: bigint
  chance: Rational | null
}

/**
 * The leximin chances under cap and quotas, by kind of employer and place of the specialty. Expected numbers
 * flow from the source over employers (0 … cap each), their specialties (at most everybody) and the specialties
 * (min … max each) to the sink, ten in all. The smallest chance is raised until a cut holds it; whoever can rise
 * no further is fixed, and so on. Exact throughout: the limit follows from the cut itself, never by approach.
 * The cap must be feasible.
 */
export function leximinChances(shape: PoolShape, cap: number): ReadonlyMap<number, Rational>[] {
  const groups = groupsOf(shape)
  while (groups.some(({ chance }) => chance === null)) fixLowest(shape, cap, groups)
  const chances = shape.kinds.map(() => new Map<number, Rational>())
  for (const { kind, specialty, chance } of groups) chances[kind]!.set(specialty, chance!)
  return chances
}

function groupsOf({ kinds }: PoolShape): Group[] {
  return kinds.flatMap(({ employers, experts }, kind) =>
    experts.flatMap((count, specialty): Group[] => {
      if (count === 0) return []
      return [{ kind, specialty, experts: BigInt(count * employers.length), chance: null }]
    })
  )
}

/** Raises all free chances together as far as they go, by Newton's method on cuts, and fixes whoever is held. */
function fixLowest(shape: PoolShape, cap: number, groups: readonly Group[]): void {
  let chance = upperBound(shape, cap, groups)
  for (;;) {
    const scale = commonDenominator(groups, chance)
    const arcs = arcsOf(shape, cap, groups, scale, (group) => scaled(group.chance ?? chance, group, scale))
    const found = circulate(nodesOf(shape), arcs)
    if (found.flow) return fixHeld(shape, groups, arcs, found.flow, chance)
    chance = limitOf(shape, cap, groups, found.cut)
  }
}

/** Nobody can pass one; nobody of an employer or specialty its equal share of what is left there. */
function upperBound({ kinds, quotas }: PoolShape, cap: number, groups: readonly Group[]): Rational {
  const limits = [
    share(groups, DRAW_SIZE),
    ...kinds.map(({ employers }, k) =>
      share(
        groups.filter(({ kind }) => kind === k),
        cap * employers.length
      )
    ),
    ...quotas.map(({ max }, i) =>
      share(
        groups.filter(({ specialty }) => specialty === i),
        max
      )
    ),
  ]
  return limits.reduce<Rational>(
    (least, limit) => {
      return limit !== null && compareRational(limit, least) < 0 ? limit : least
    },
    rational(1n, 1n)
  )
}

/** What each free expert of the groups gets of `places`, those fixed having had theirs. */
function share(groups: readonly Group[], places: number): Rational | null {
  const free = groups.reduce((sum, { chance, experts }) => (chance === null ? sum + experts : sum), 0n)
  if (free === 0n) return null
  const scale = commonDenominator(groups, rational(1n, 1n))
  const taken = groups.reduce((sum, group) => {
    return group.chance === null ? sum : sum + scaled(group.chance, group, scale)
  }, 0n)
  return rational(BigInt(places) * scale - taken, free * scale)
}

/**
 * The greatest chance that a violated cut allows: what can leave it, less what must enter whatever the chance,
 * over the free experts who must enter.
 */
function limitOf(shape: PoolShape, cap: number, groups: readonly Group[], cut: readonly boolean[]): Rational {
  const scale = commonDenominator(groups, rational(1n, 1n))
  const least = (group: Group) => (group.chance === null ? 0n : scaled(group.chance, group, scale))
  let room = 0n
  for (const arc of arcsOf(shape, cap, groups, scale, least)) {
    if (cut[arc.from] && !cut[arc.to]) room += arc.most
    if (!cut[arc.from] && cut[arc.to]) room -= arc.least
  }
  const entering = groups.filter(({ kind, specialty, chance }) => {
    return chance === null && !cut[kind] && cut[shape.kinds.length + specialty]
  })
  const free = entering.reduce((sum, { experts }) => sum + experts, 0n)
  return rational(room, free * scale)
}

/**
 * Fixes the free groups that lie at the limit in every solution: no rest of the network leads back around
 * their arc. At least those across the last cut are among them.
 */
function fixHeld(
  shape: PoolShape,
  groups: readonly Group[],
  arcs: readonly Arc[],
  flow: readonly bigint[],
  chance: Rational
): void {
  const open = arcs.flatMap(({ from, to, least, most }, i) => {
    return [
      ...(flow[i]! < most ? [[from, to] as const] : []),
      ...(flow[i]! > least ? [[to, from] as const] : []),
    ]
  })
  const component = strongComponents(nodesOf(shape), open)
  for (const [i, group] of groups.entries()) {
    if (group.chance !== null || flow[i]! > arcs[i]!.least) continue
    const full = flow[i] === arcs[i]!.most
    if (full || component[arcs[i]!.from] !== component[arcs[i]!.to]) group.chance = chance
  }
}

/** The arcs, times `scale`: first those of the groups in their order, then employers', specialties', the ten. */
function arcsOf(
  { kinds, quotas }: PoolShape,
  cap: number,
  groups: readonly Group[],
  scale: bigint,
  least: (group: Group) => bigint
): Arc[] {
  const source = kinds.length + quotas.length
  const sink = source + 1
  const ten = BigInt(DRAW_SIZE) * scale
  return [
    ...groups.map((group): Arc => {
      const low = least(group)
      const most = group.chance === null ? group.experts * scale : low
      return { from: group.kind, to: kinds.length + group.specialty, least: low, most }
    }),
    ...kinds.map(({ employers }, k): Arc => {
      return { from: source, to: k, least: 0n, most: BigInt(cap * employers.length) * scale }
    }),
    ...quotas.map(({ min, max }, i): Arc => {
      return { from: kinds.length + i, to: sink, least: BigInt(min) * scale, most: BigInt(max) * scale }
    }),
    { from: sink, to: source, least: ten, most: ten },
  ]
}

function nodesOf({ kinds, quotas }: PoolShape): number {
  return kinds.length + quotas.length + 2
}

function scaled({ num, den }: Rational, { experts }: Group, scale: bigint): bigint {
  return experts * num * (scale / den)
}

function commonDenominator(groups: readonly Group[], chance: Rational): bigint {
  return groups.reduce((product, group) => lcm(product, group.chance?.den ?? 1n), chance.den)
}
