/**
 * The lowest chance that anybody has of being drawn, ten of 64 experts of 22 employers, at most one of an
 * employer: ours, computed, beside the two usual ways to keep the cap. Shuffling and skipping whoever's employer
 * is taken is tried out; drawing ten anew until no employer comes twice is computed.
 */
import { report } from '#bin/bench/support/figures'
import { must } from '#bin/bench/support/must'
import { seeded } from '#bin/bench/support/seeded'
import { chancesOf, chanceValues } from '#lib/draw/chances'
import { DRAW_SIZE } from '#lib/draw/labels'
import type { PoolLeaf } from '#lib/draw/pool'
import { compareRational, toNumber } from '#lib/draw/rational'

const SIZES = [10, 8, 6, 5, 4, 4, 3, 3, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1]
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

const percent = (share: number) => `${(share * 100).toFixed(2)} %`
const lowest = ours()
const line = (other: number, beside: string) => ({
  what: 'lowest chance of an expert, 64 of 22 employers, one of each at most',
  ours: percent(lowest),
  beside: `${percent(other)}: ${beside}`,
  ratio: lowest / other,
  ratioMeans: 'times as high',
})
report([
  line(skipping(), `shuffle and skip (${TRIALS.toLocaleString('en')} trials, seed ${SEED})`),
  line(rejecting(), 'draw ten again until no employer comes twice (computed)'),
])
