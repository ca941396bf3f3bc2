/**
 * Exact chances under caps and quotas, and the ten drawn by them, beside the same pool under caps alone, which has
 * a closed form and a ruler.
 */
import { besideEachOther, ms, percentile, report, type Figure } from '#bin/bench/support/figures'
import { must } from '#bin/bench/support/must'
import { QUOTAS, quotaPool } from '#bin/bench/support/quota_pool'
import { sha256, u32be } from '#lib/bytes'
import { chancesOf, type CapChances, type QuotaChances } from '#lib/draw/chances'
import { leximinChances } from '#lib/draw/leximin'
import { cellsOf, shapeOf } from '#lib/draw/pool_shape'
import { drawByRounding } from '#lib/draw/rounded_draw'
import { buildRuler, pinned } from '#lib/draw/ruler'

const POOLS = [
  { experts: 200, employers: 60, rounds: 40 },
  { experts: 50_000, employers: 3000, rounds: 3 },
]
const SEED = 20_241_231
const MOST_OF_ONE_EMPLOYER = 2

function figuresOf({ experts, employers, rounds }: (typeof POOLS)[number], timed: number[][]): Figure[] {
  const [leximin, chances, capChances, rounding, ruler] = timed as [
    number[],
    number[],
    number[],
    number[],
    number[],
  ]
  const pool = `pool of ${experts.toLocaleString('en')}, ${employers.toLocaleString('en')} employers, 5 specialties`
  const line = (what: string, ours: number[], beside: string, other: number[]): Figure => ({
    what: `${pool}: ${what}`,
    ours: `${ms(percentile(ours, 0.5))}, p95 ${ms(percentile(ours, 0.95))}`,
    beside: `${ms(percentile(other, 0.5))}: ${beside}, ${rounds} rounds`,
    ratio: percentile(ours, 0.5) / percentile(other, 0.5),
    ratioMeans: 'times its time, medians',
  })
  return [
    line('leximin chances with quotas', leximin, 'closed form under caps alone, sets counted', capChances),
    line(
      'the same, cap found and possible sets counted',
      chances,
      'closed form under caps alone, sets counted',
      capChances
    ),
    line('the ten by rounding', rounding, 'the ten by the ruler', ruler),
  ]
}

async function measure(size: (typeof POOLS)[number]): Promise<Figure[]> {
  const leaves = quotaPool(size.experts, size.employers, SEED)
  const rules = { maxPerEmployer: MOST_OF_ONE_EMPLOYER, quotas: QUOTAS }
  const caps = { ...rules, quotas: [] }
  const quota = must('chances', chancesOf(leaves, rules)) as QuotaChances
  const cap = must('chances', chancesOf(leaves, caps)) as CapChances
  const seedOf = (round: number) => sha256(u32be(round + 1))
  const timed = await besideEachOther(size.rounds, [
    () => leximinChances(shapeOf(cellsOf(leaves), QUOTAS), quota.cap),
    () => chancesOf(leaves, rules),
    () => chancesOf(leaves, caps),
    (round) => drawByRounding(leaves, quota, seedOf(round), 1),
    (round) => pinned(buildRuler(leaves, cap, seedOf(round), 1)),
  ])
  return figuresOf(size, timed)
}

const figures: Figure[] = []
for (const size of POOLS) figures.push(...(await measure(size)))
report(figures)
