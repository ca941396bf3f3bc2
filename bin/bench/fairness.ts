/**
 * The lowest chance that anybody has of being drawn, ten of 64 experts of 22 employers, at most one of an
 * employer: ours, computed, beside the two usual ways to keep the cap. Shuffling and skipping whoever's employer
 * is taken is tried out; drawing ten anew until no employer comes twice is computed. One employer has ten experts,
 * the others two or three: the one that suffers. Then the same with quotas per specialty, where skipping also
 * passes over whose specialty is full, and begins anew when a least number was not reached.
 */
import { report } from '#bin/bench/support/figures'
import { must } from '#bin/bench/support/must'
import { QUOTAS } from '#bin/bench/support/quota_pool'
import { seeded } from '#bin/bench/support/seeded'
import { chancesOf, chanceValues } from '#lib/draw/chances'
import { DRAW_SIZE } from '#lib/draw/labels'
import type { PoolLeaf } from '#lib/draw/pool'
import { keepsQuotas } from '#lib/draw/quotas'
import { compareRational, toNumber } from '#lib/draw/rational'

const SIZES = [10, ...Array<number>(12).fill(3), ...Array<number>(9).fill(2)]
const TRIALS = 300_000
const SEED = 20_241_231

const experts = SIZES.flatMap((size, index) =>
  Array.from({ length: size }, (_, n) => ({ id: `E${index}-${n}`, employer: index + 1 }))
)
const leaves = experts.map(({ id, employer }): PoolLeaf => {
  return { v: 1, id, employer, specialty: 'geotechnical', excluded: null, identity: '', salt: '' }
})

function ours(): number {
  const chances = must('chances', chancesOf(leaves, { maxPerEmployer: 1, quotas: [] }))
  return toNumber(chanceValues(chances).sort(compareRational)[0]!)
}

/** Chances within an employer are equal, so an employer's draws are shared out among its experts. */
function skipping(): number {
  const random = seeded(SEED)
  const drawn = SIZES.map(() => 0)
  const order = [...experts]
  for (let trial = 0; trial < TRIALS; trial++) {
    const taken = new Set<number>()
    for (let at = 0; taken.size < DRAW_SIZE; at++) {
      const other = at + random(order.length - at)
      ;[order[at], order[other]] = [order[other]!, order[at]!]
      taken.add(order[at]!.employer)
    }
    for (const employer of taken) drawn[employer - 1]! += 1
  }
  return Math.min(...drawn.map((count, index) => count / TRIALS / SIZES[index]!))
}

/** Sets of so many experts of different employers: the elementary symmetric polynomial of the sizes. */
function setsOf(sizes: readonly number[], count: number): number {
  const ways = [1, ...Array<number>(count).fill(0)]
  for (const size of sizes) for (let n = count; n > 0; n--) ways[n]! += ways[n - 1]! * size
  return ways[count]!
}

function rejecting(): number {
  const all = setsOf(SIZES, DRAW_SIZE)
  return Math.min(...SIZES.map((_, index) => setsOf(SIZES.toSpliced(index, 1), DRAW_SIZE - 1) / all))
}

/** In turn over the pool: four tenths of the main specialty, the rest of four others. */
const IN_TURN = [0, 1, 0, 2, 0, 3, 0, 4, 2, 3].map((i) => QUOTAS[i]!.specialty)
const mixed = leaves.map((leaf, i) => ({ ...leaf, specialty: IN_TURN[i % IN_TURN.length]! }))

function oursWithQuotas(): number {
  const chances = must('chances', chancesOf(mixed, { maxPerEmployer: 1, quotas: QUOTAS }))
  return toNumber(chanceValues(chances).sort(compareRational)[0]!)
}

/** Experts of one employer and one specialty are alike, so their draws are shared out among them. */
function skippingWithQuotas(): number {
  const random = seeded(SEED)
  const cellOf = (leaf: PoolLeaf) => `${leaf.employer} ${leaf.specialty}`
  const sizes = new Map<string, number>()
  for (const leaf of mixed) sizes.set(cellOf(leaf), (sizes.get(cellOf(leaf)) ?? 0) + 1)
  const drawn = new Map<string, number>()
  const order = [...mixed]
  for (let trial = 0; trial < TRIALS;) {
    const ten = oneTry(order, random)
    if (!ten) continue
    for (const leaf of ten) drawn.set(cellOf(leaf), (drawn.get(cellOf(leaf)) ?? 0) + 1)
    trial++
  }
  return Math.min(...[...sizes].map(([cell, size]) => (drawn.get(cell) ?? 0) / TRIALS / size))
}

function oneTry(order: PoolLeaf[], random: (below: number) => number): PoolLeaf[] | null {
  const ten: PoolLeaf[] = []
  for (let at = 0; ten.length < DRAW_SIZE && at < order.length; at++) {
    const other = at + random(order.length - at)
    ;[order[at], order[other]] = [order[other]!, order[at]!]
    const next = order[at]!
    const { max } = QUOTAS.find(({ specialty }) => specialty === next.specialty)!
    const full = ten.filter(({ specialty }) => specialty === next.specialty).length === max
    if (!full && !ten.some(({ employer }) => employer === next.employer)) ten.push(next)
  }
  const specialties = ten.map(({ specialty }) => specialty)
  return ten.length === DRAW_SIZE && keepsQuotas(specialties, QUOTAS) ? ten : null
}

const percent = (share: number) => `${(share * 100).toFixed(2)} %`
const line = (what: string, lowest: number, other: number, beside: string) => ({
  what: `lowest chance of an expert, 64 of 22 employers, one of each at most${what}`,
  ours: percent(lowest),
  beside: `${percent(other)}: ${beside}`,
  ratio: lowest / other,
  ratioMeans: 'times as high',
})
const tried = `${TRIALS.toLocaleString('en')} trials, seed ${SEED}`
const lowest = ours()
report([
  line('', lowest, skipping(), `shuffle and skip (${tried})`),
  line('', lowest, rejecting(), 'draw ten again until no employer comes twice (computed)'),
  line(', with quotas', oursWithQuotas(), skippingWithQuotas(), `shuffle and skip (${tried})`),
])
