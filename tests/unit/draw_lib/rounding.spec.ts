import { test } from '@japa/runner'
import { sha256, u32be, utf8 } from '#lib/bytes'
import type { QuotaChances } from '#lib/draw/chances'
import type { PoolLeaf } from '#lib/draw/pool'
import type { ChancedCell } from '#lib/draw/pool_shape'
import { chancesUnderQuotas } from '#lib/draw/quota_chances'
import type { Quota } from '#lib/draw/quotas'
import { lcm, rational, type Rational } from '#lib/draw/rational'
import { drawByRounding } from '#lib/draw/rounded_draw'
import { roundCells, type RoundingOrder } from '#lib/draw/rounding'
import { plus, times, ZERO, ONE } from './support/exact_lp.js'
import { must, seededRandom, shuffled } from './support/fixtures.js'
import { leavesOf, randomCounts, randomQuotas } from './support/quota_pools.js'
import { isBiased } from './support/statistics.js'

type Found = { leaves: PoolLeaf[]; quotas: Quota[]; chances: QuotaChances }

function chancesFor(leaves: PoolLeaf[], quotas: Quota[]): Found | undefined {
  const found = chancesUnderQuotas(leaves, quotas, 10)
  if (!found.ok) return undefined
  const denominator = found.value.cells.reduce((product, { chance }) => lcm(product, chance.den), 1n)
  return { leaves, quotas, chances: { by: 'cell', ...found.value, denominator, possibleSets: 0n } }
}

function pools(name: string, count: number, make: (random: (below: number) => number) => Found | undefined) {
  const random = seededRandom(name)
  const found: Found[] = []
  while (found.length < count) {
    const one = make(random)
    if (one) found.push(one)
  }
  return found
}

/** In the order of the cells, or in any other. */
function orderOf(cells: readonly ChancedCell[], random?: (below: number) => number): RoundingOrder {
  const employers = [...new Set(cells.map(({ employer }) => employer))]
  const specialties = [...new Set(cells.map(({ specialty }) => specialty))]
  if (!random) return { employers, specialties }
  return { employers: shuffled(employers, random), specialties: shuffled(specialties, random) }
}

/** Every end of the rounding with its exact probability. */
function ends({ cells, denominator }: QuotaChances, order: RoundingOrder) {
  const found: { counts: readonly number[]; probability: Rational }[] = []
  const open: boolean[][] = [[]]
  for (let way = open.pop(); way; way = open.pop()) {
    let probability: Rational = ONE
    const taken: readonly boolean[] = way
    const { counts, steps } = roundCells(cells, denominator, order, (step, alpha, beta) => {
      const up = taken[step - 1] ?? true
      probability = times(probability, rational(up ? beta : alpha, alpha + beta))
      return up ? 0n : beta
    })
    for (let step = steps.length; step > taken.length; step--) {
      open.push([...taken, ...Array<boolean>(step - taken.length - 1).fill(true), false])
    }
    found.push({ counts, probability })
  }
  return found
}

/** Expected numbers of a set of cells, as the whole numbers next to it. */
function nextTo(cells: readonly ChancedCell[]) {
  const expected = cells.reduce(
    (sum, { experts, chance }) => plus(sum, times(chance, rational(BigInt(experts), 1n))),
    ZERO
  )
  return {
    least: Number(expected.num / expected.den),
    most: Number((expected.num + expected.den - 1n) / expected.den),
  }
}

test.group('DRAW-8: rounding', (group) => {
  group.each.timeout(120_000)

  test('gives every cell exactly its expected number: all ends, weighed by their probability', ({
    assert,
  }) => {
    const small = pools('rounding trees', 25, (random) => {
      const specialties = 2 + random(2)
      return chancesFor(
        leavesOf(randomCounts(random, 5 + random(4), specialties, 4)),
        randomQuotas(random, specialties)
      )
    })
    const random = seededRandom('orders of the walk')
    let branching = 0
    for (const { chances } of small) {
      const found = ends(chances, orderOf(chances.cells, random))
      assert.deepEqual(
        found.reduce((sum, { probability }) => plus(sum, probability), ZERO),
        ONE
      )
      chances.cells.forEach(({ experts, chance }, i) => {
        const expected = found.reduce((sum, { counts, probability }) => {
          return plus(sum, times(probability, rational(BigInt(counts[i]!), 1n)))
        }, ZERO)
        assert.deepEqual(expected, times(chance, rational(BigInt(experts), 1n)))
      })
      branching = Math.max(branching, found.length)
    }
    assert.isAbove(branching, 50)
  })

  test('ends next to every expected number, so caps, quotas and the ten are kept', ({ assert }) => {
    const random = seededRandom('rounding')
    const many = pools('rounded pools', 150, (next) => {
      const specialties = 1 + next(5)
      return chancesFor(
        leavesOf(randomCounts(next, 5 + next(25), specialties, 1 + next(6))),
        randomQuotas(next, specialties)
      )
    })
    let moved = 0
    for (const { chances, quotas } of many) {
      const { cells, denominator, cap } = chances
      const { counts, steps } = roundCells(cells, denominator, orderOf(cells, random), (_, alpha, beta) =>
        BigInt(random(Number(alpha + beta)))
      )
      const drawnOf = (which: (cell: ChancedCell) => boolean) =>
        counts.reduce((sum, count, i) => (which(cells[i]!) ? sum + count : sum), 0)
      assert.equal(
        drawnOf(() => true),
        10
      )
      const check = (which: (cell: ChancedCell) => boolean, most = 10) => {
        const near = nextTo(cells.filter(which))
        assert.isTrue(near.least <= drawnOf(which) && drawnOf(which) <= Math.min(near.most, most))
      }
      for (const one of new Set(cells.map(({ employer }) => employer)))
        check(({ employer }) => employer === one, cap)
      for (const one of new Set(cells.map(({ specialty }) => specialty)))
        check(({ specialty }) => specialty === one)
      for (const one of cells) check((cell) => cell === one)
      for (const { specialty, min, max } of quotas) {
        const drawn = drawnOf((cell) => cell.specialty === specialty)
        assert.isTrue(min <= drawn && drawn <= max)
      }
      // Each step makes an edge whole, and there are no more edges than cells and ends.
      assert.isAtMost(steps.length, cells.length + 40)
      moved += steps.length
    }
    assert.isAbove(moved, 500)
  })

  test('follows a walk that prefers what comes first, step by step', ({ assert }) => {
    const quarter = rational(1n, 4n)
    const half = rational(1n, 2n)
    const cell = (employer: number, specialty: string, experts: number, chance: Rational) => {
      return { employer, specialty, experts, chance }
    }
    // Employer 1 has ½ of X and of Y, 2 has ¼ and ½, 3 has ¼ of X: two in all.
    const cells = [
      cell(1, 'X', 1, half),
      cell(1, 'Y', 1, half),
      cell(2, 'X', 1, quarter),
      cell(2, 'Y', 1, half),
      cell(3, 'X', 1, quarter),
    ]
    const order = { employers: [3, 1, 2], specialties: ['Y', 'X'] }
    const { steps, counts } = roundCells(cells, 4n, order, (step) => (step === 1 ? 1n : 0n))
    // Source 3 X 1 is no cycle yet, since employer 1 is whole: X goes on to 1, Y, 2, and 2 back to the source.
    assert.deepEqual(steps[0], {
      step: 1,
      cells: [
        [3, 'X', 1],
        [1, 'X', -1],
        [1, 'Y', 1],
        [2, 'Y', -1],
      ],
      alpha: '2',
      beta: '1',
      drawn: '1',
      direction: -1,
    })
    assert.deepEqual(
      steps.map(({ step }) => step),
      steps.map((_, i) => i + 1)
    )
    assert.equal(
      counts.reduce((sum, count) => sum + count),
      2
    )
  })
})

/** A pool in which cap and quotas bind, with chances that differ. */
const BINDING = chancesFor(
  leavesOf([
    [6, 4, 0],
    [5, 0, 3],
    [4, 1, 1],
    [3, 3, 0],
    [2, 2, 2],
    [1, 0, 4],
    [4, 0, 0],
    [3, 0, 1],
    [2, 2, 0],
    [1, 1, 1],
    [2, 0, 0],
    [1, 0, 2],
    [0, 3, 0],
    [1, 1, 0],
  ]),
  [
    { specialty: 'S0', min: 5, max: 6 },
    { specialty: 'S1', min: 0, max: 2 },
  ]
)!

test.group('DRAW-8: the ten under quotas', (group) => {
  group.each.timeout(120_000)
  const { leaves, chances } = BINDING
  const expected = leaves.map(({ employer, specialty }) => {
    const { chance } = chances.cells.find((one) => one.employer === employer && one.specialty === specialty)!
    return Number(chance.num) / Number(chance.den)
  })
  const index = new Map(leaves.map(({ id }, i) => [id, i]))
  const runs = 3000
  const count = (drawOne: (run: number) => readonly { id: string }[]) => {
    const seen = leaves.map(() => 0)
    for (let run = 0; run < runs; run++) for (const { id } of drawOne(run)) seen[index.get(id)!]!++
    return seen
  }

  test('do not depend on the order of the leaves', ({ assert }) => {
    const random = seededRandom('leaves')
    const seed = sha256(utf8('order'))
    const once = drawByRounding(leaves, chances, seed, 1)
    assert.lengthOf(once.drawn, 10)
    for (let i = 0; i < 5; i++) {
      const mixed = shuffled(leaves, random)
      const again = must(chancesUnderQuotas(mixed, BINDING.quotas, 10))
      assert.deepEqual(again.cells, chances.cells)
      assert.deepEqual(drawByRounding(mixed, chances, seed, 1), once)
    }
    assert.notDeepEqual(drawByRounding(leaves, chances, seed, 2).drawn, once.drawn)
  })

  test('come as often as published', ({ assert }) => {
    assert.isAbove(new Set(expected).size, 2)
    const seen = count((run) => drawByRounding(leaves, chances, sha256(utf8('run'), u32be(run)), 1).drawn)
    assert.isFalse(isBiased(seen, expected, runs))
  })

  test('and known-bad ways are caught by the same count', ({ assert }) => {
    const random = seededRandom('bad ways')
    const { cells, denominator } = chances
    const experts = cells.map((cell) =>
      leaves.filter((leaf) => leaf.employer === cell.employer && leaf.specialty === cell.specialty)
    )
    const byCounts =
      (choose: (alpha: bigint, beta: bigint) => bigint, pick = shuffled<PoolLeaf>) =>
      () => {
        const { counts } = roundCells(cells, denominator, orderOf(cells, random), (_, alpha, beta) =>
          choose(alpha, beta)
        )
        return counts.flatMap((drawn, i) => pick(experts[i]!, random).slice(0, drawn))
      }
    const fair = (alpha: bigint, beta: bigint) => BigInt(random(Number(alpha + beta)))
    const ways: Record<string, () => readonly { id: string }[]> = {
      'α and β exchanged': byCounts((alpha, beta) => (fair(alpha, beta) < alpha ? 0n : beta)),
      'a fair coin at each step': byCounts((_, beta) => (random(2) === 0 ? 0n : beta)),
      'a byte modulo α + β': byCounts((alpha, beta) => BigInt(random(256)) % (alpha + beta)),
      'sort by a coin in the cell': byCounts(fair, (list) => [...list].sort(() => random(1000) - 499.5)),
      'the naive swap in the cell': byCounts(fair, naiveSwap),
      'shuffle and skip': () => skipping(leaves, BINDING, random),
    }
    for (const [name, way] of Object.entries(ways)) {
      assert.isTrue(isBiased(count(way), expected, runs), name)
    }
    assert.isFalse(isBiased(count(byCounts(fair)), expected, runs), 'the right way passes')
  })
})

function naiveSwap<T>(items: readonly T[], random: (below: number) => number): T[] {
  const list = [...items]
  for (let i = 0; i < list.length; i++) {
    const j = random(list.length)
    ;[list[i], list[j]] = [list[j]!, list[i]!]
  }
  return list
}

/** Shuffled until a pass of taking whoever still fits gives ten that keep the least numbers too. */
function skipping(
  leaves: readonly PoolLeaf[],
  { quotas, chances: { cap } }: Found,
  random: (below: number) => number
): PoolLeaf[] {
  for (;;) {
    const taken: PoolLeaf[] = []
    const number = (which: (leaf: PoolLeaf) => boolean) => taken.filter(which).length
    for (const leaf of shuffled(leaves, random)) {
      const quota = quotas.find(({ specialty }) => specialty === leaf.specialty)
      const fits =
        number(({ employer }) => employer === leaf.employer) < cap &&
        number(({ specialty }) => specialty === leaf.specialty) < (quota?.max ?? 10)
      if (fits && taken.length < 10) taken.push(leaf)
    }
    const enough = quotas.every(({ specialty, min }) => number((leaf) => leaf.specialty === specialty) >= min)
    if (enough && taken.length === 10) return taken
  }
}
