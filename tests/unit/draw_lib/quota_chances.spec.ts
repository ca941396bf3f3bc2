import { test } from '@japa/runner'
import { chanceOf, chancesOf } from '#lib/draw/chances'
import { leximinChances } from '#lib/draw/leximin'
import { cellsOf, shapeOf, type ChancedCell } from '#lib/draw/pool_shape'
import { countSetsOfCells } from '#lib/draw/possible_sets_of_cells'
import { chancesUnderQuotas } from '#lib/draw/quota_chances'
import { smallestCap } from '#lib/draw/quota_feasibility'
import type { Quota } from '#lib/draw/quotas'
import { compareRational, rational } from '#lib/draw/rational'
import { capChances, bareLeaves, must, seededRandom, WORKED_EXAMPLE } from './support/fixtures.js'
import { leximinByLp } from './support/leximin_by_lp.js'
import { leavesOf, randomCounts, randomQuotas, specialtyName } from './support/quota_pools.js'

type Counts = readonly (readonly number[])[]

const text = (cells: readonly ChancedCell[]) =>
  cells.map(({ employer, specialty, chance }) => `${employer} ${specialty} ${chance.num}/${chance.den}`)

/** Every subset of the specialties' places. */
function* subsets(size: number): Generator<number[]> {
  for (let mask = 0; mask < 1 << size; mask++) {
    yield Array.from({ length: size }, (_, i) => i).filter((i) => (mask >> i) & 1)
  }
}

/** The most that can be drawn of these specialties under the cap. */
function reach(counts: Counts, places: readonly number[], cap: number): number {
  return counts.reduce((sum, row) => {
    return (
      sum +
      Math.min(
        cap,
        places.reduce((own, place) => own + row[place]!, 0)
      )
    )
  }, 0)
}

/** Bounds of the specialties by place: 0 … 10 where no quota says otherwise. */
function boundsOf(quotas: readonly Quota[], size: number) {
  return Array.from({ length: size }, (_, i) => {
    return quotas.find(({ specialty }) => specialty === specialtyName(i)) ?? { min: 0, max: 10 }
  })
}

function total(places: readonly number[], of: (place: number) => number): number {
  return places.reduce((sum, place) => sum + of(place), 0)
}

test.group('DRAW-8: chances under quotas', (group) => {
  group.each.timeout(120_000)

  test('more specialties than can be counted are refused with the numbers, at once', ({ assert }) => {
    const counts = Array.from({ length: 60 }, () => Array.from({ length: 20 }, () => 1))
    const quotas = [{ specialty: specialtyName(0), min: 0, max: 2 }]
    assert.deepEqual(chancesOf(leavesOf(counts), { maxPerEmployer: 10, quotas }), {
      ok: false,
      error: { code: 'too_many_specialties', specialties: 20, limit: 12 },
    })
  })

  test('are the leximin ones: linear programmes solved exactly give the same', ({ assert }) => {
    const random = seededRandom('leximin with quotas')
    const levels = new Set<number>()
    let compared = 0
    for (let pool = 0; pool < 300; pool++) {
      const specialties = 2 + random(2)
      const counts = randomCounts(random, 3 + random(4), specialties, 1 + random(6))
      const quotas = randomQuotas(random, specialties)
      const leaves = leavesOf(counts)
      const cells = cellsOf(leaves)
      const cap = smallestCap(shapeOf(cells, quotas), 10)
      if (cap === undefined) {
        assert.isNull(leximinByLp(cells, quotas, 10), JSON.stringify({ counts, quotas }))
        continue
      }
      const ours = must(chancesUnderQuotas(leaves, quotas, 10)).cells
      const theirs = leximinByLp(cells, quotas, cap)!
      assert.deepEqual(
        text(ours),
        text(cells.map((cell, i) => ({ ...cell, chance: theirs[i]! }))),
        JSON.stringify({ counts, quotas })
      )
      levels.add(new Set(ours.map(({ chance }) => `${chance.num}/${chance.den}`)).size)
      compared++
    }
    assert.isAbove(compared, 90)
    assert.isAbove(levels.size, 3)
  })

  test('are those of caps alone where the quotas bind nobody', ({ assert }) => {
    const free = ['GEO', 'MONITOR', 'STRUCT'].map((specialty) => ({ specialty, min: 0, max: 10 }))
    const random = seededRandom('idle quotas')
    for (let pool = 0; pool < 40; pool++) {
      const sizes = pool === 0 ? WORKED_EXAMPLE : Array.from({ length: 12 + random(20) }, () => 1 + random(7))
      const leaves = bareLeaves(sizes)
      const alone = capChances(leaves, 10)
      const { cap, cells } = must(chancesUnderQuotas(leaves, free, 10))
      assert.equal(cap, alone.cap)
      for (const cell of cells) assert.deepEqual(cell.chance, chanceOf(alone, cell))
    }
  })

  test('do not depend on the order of experts, and say the same of equal employers', ({ assert }) => {
    const counts = [
      [3, 1],
      [3, 1],
      [0, 4],
      [6, 0],
      [6, 0],
      [2, 2],
      [2, 2],
      [2, 2],
      [5, 1],
      [1, 1],
      [4, 0],
    ]
    const quotas = [{ specialty: 'S1', min: 3, max: 4 }]
    const leaves = leavesOf(counts)
    const { cells, cap } = must(chancesUnderQuotas(leaves, quotas, 10))
    assert.deepEqual(must(chancesUnderQuotas([...leaves].reverse(), quotas, 10)).cells, cells)
    const of = (employer: number) =>
      text(cells.flatMap((cell) => (cell.employer === employer ? [{ ...cell, employer: 0 }] : [])))
    assert.deepEqual(of(1), of(2))
    assert.deepEqual(of(6), of(8))
    // The same without counting equal employers together.
    const shape = shapeOf(cells, quotas)
    const apart = shape.kinds.flatMap(({ employers, experts }) =>
      employers.map((employer) => ({ employers: [employer], experts }))
    )
    assert.isAbove(apart.length, shape.kinds.length)
    const chances = leximinChances({ ...shape, kinds: apart }, cap)
    apart.forEach(({ employers: [employer] }, kind) => {
      for (const cell of cells.filter((one) => one.employer === employer)) {
        const place = shape.quotas.findIndex(({ specialty }) => specialty === cell.specialty)
        assert.equal(compareRational(chances[kind]!.get(place)!, cell.chance), 0)
      }
    })
  })

  test('count exactly the sets next to every expected number', ({ assert }) => {
    const random = seededRandom('sets')
    let counted = 0
    for (let pool = 0; pool < 40; pool++) {
      const specialties = 2 + random(2)
      const counts = randomCounts(random, 4 + random(2), specialties, 3)
      const leaves = leavesOf(counts).slice(0, 15)
      const found = chancesUnderQuotas(leaves, randomQuotas(random, specialties), 10)
      if (leaves.length < 10 || !found.ok) continue
      assert.equal(countSetsOfCells(found.value.cells), BigInt(setsByTrying(leaves, found.value.cells)))
      counted++
    }
    assert.isAbove(counted, 8)
  })
})

/** How many of all sets of ten are next to the expected numbers, by looking at each. */
function setsByTrying(leaves: ReturnType<typeof leavesOf>, cells: readonly ChancedCell[]): number {
  const sums: ((leaf: { employer: number; specialty: string }) => boolean)[] = [
    ...new Set(cells.map(({ employer }) => employer)),
  ].map(
    (one) =>
      ({ employer }) =>
        employer === one
  )
  for (const one of new Set(cells.map((cell) => cell.specialty)))
    sums.push(({ specialty }) => specialty === one)
  for (const cell of cells)
    sums.push((leaf) => leaf.employer === cell.employer && leaf.specialty === cell.specialty)
  const limits = sums.map((which) => {
    const parts = cells.filter(which)
    const den = parts.reduce((product, { chance }) => product * chance.den, 1n)
    const num = parts.reduce((sum, { experts, chance }) => {
      return sum + BigInt(experts) * chance.num * (den / chance.den)
    }, 0n)
    const mask = leaves.reduce((bits, leaf, i) => (which(leaf) ? bits | (1 << i) : bits), 0)
    return { mask, least: Number(num / den), most: Number((num + den - 1n) / den) }
  })
  let sets = 0
  for (let set = 0; set < 1 << leaves.length; set++) {
    if (ones(set) !== 10) continue
    if (limits.every(({ mask, least, most }) => ones(set & mask) >= least && ones(set & mask) <= most)) sets++
  }
  return sets
}

function ones(bits: number): number {
  let count = 0
  for (let rest = bits; rest > 0; rest &= rest - 1) count++
  return count
}

test.group('DRAW-8: quotas that no ten can keep', () => {
  test('are told apart from those that some ten can, and the smallest cap is found', ({ assert }) => {
    const random = seededRandom('feasible')
    let infeasible = 0
    for (let pool = 0; pool < 300; pool++) {
      const size = 2 + random(3)
      const counts = randomCounts(random, 3 + random(9), size, 1 + random(4))
      const quotas = randomQuotas(random, size)
      const bounds = boundsOf(quotas, size)
      const feasible = (cap: number) =>
        [...subsets(size)].every((set) => {
          const rest = bounds.map((_, i) => i).filter((i) => !set.includes(i))
          return (
            total(set, (i) => bounds[i]!.min) <= reach(counts, set, cap) &&
            reach(counts, set, cap) + total(rest, (i) => bounds[i]!.max) >= 10
          )
        })
      const caps = Array.from({ length: 10 }, (_, i) => i + 1)
      const cap = smallestCap(shapeOf(cellsOf(leavesOf(counts)), quotas), 10)
      assert.equal(cap, caps.find(feasible), JSON.stringify({ counts, quotas }))
      if (cap === undefined) infeasible++
    }
    assert.isAbove(infeasible, 20)
    assert.isBelow(infeasible, 250)
  })

  test('are refused with the specialties that fall short the most, and by how much', ({ assert }) => {
    const random = seededRandom('short')
    const seen = { min: 0, max: 0 }
    for (let pool = 0; pool < 400; pool++) {
      const size = 2 + random(3)
      const counts = randomCounts(random, 4 + random(6), size, 1 + random(3))
      const quotas = randomQuotas(random, size)
      const most = 1 + random(3)
      const found = chancesUnderQuotas(leavesOf(counts), quotas, most)
      if (found.ok) continue
      const bounds = boundsOf(quotas, size)
      const { bound, need, reachable, specialties } = found.error
      const places = specialties.map(({ specialty }) => Number(specialty.slice(1)))
      const rest = bounds.map((_, i) => i).filter((i) => !places.includes(i))
      const lacks = [...subsets(size)].map((set) => {
        const others = bounds.map((_, i) => i).filter((i) => !set.includes(i))
        const lack =
          bound === 'min'
            ? total(set, (i) => bounds[i]!.min) - reach(counts, set, most)
            : 10 - total(set, (i) => bounds[i]!.max) - reach(counts, others, most)
        return { set, lack }
      })
      const worst = Math.max(...lacks.map(({ lack }) => lack))
      assert.equal(need - reachable, worst, JSON.stringify({ counts, quotas, most }))
      if (bound === 'min')
        assert.equal(
          need,
          total(places, (i) => bounds[i]!.min)
        )
      else assert.equal(reachable, reach(counts, rest, most) + total(places, (i) => bounds[i]!.max))
      // No other set of specialties that lacks as much leaves out one of those named.
      for (const { set, lack } of lacks) {
        if (lack === worst) assert.isTrue(places.every((place) => set.includes(place)))
      }
      seen[bound]++
    }
    assert.isAbove(seen.min, 20)
    assert.isAbove(seen.max, 20)
  })

  test('give the numbers of each specialty named', ({ assert }) => {
    const leaves = leavesOf([[3, 4], [2, 0], ...Array.from({ length: 12 }, () => [0, 2])])
    const quotas = [{ specialty: 'S0', min: 5, max: 7 }]
    assert.deepEqual(chancesOf(leaves, { maxPerEmployer: 2, quotas }), {
      ok: false,
      error: {
        code: 'quotas_infeasible',
        bound: 'min',
        maxPerEmployer: 2,
        need: 5,
        reachable: 4,
        specialties: [{ specialty: 'S0', min: 5, max: 7, eligible: 5, reachable: 4 }],
      },
    })
    const missing = [{ specialty: 'S9', min: 1, max: 1 }]
    const none = chancesOf(leaves, { maxPerEmployer: 2, quotas: missing })
    assert.equal(none.ok ? '' : none.error.code, 'quotas_infeasible')
    const narrow = [
      { specialty: 'S0', min: 0, max: 2 },
      { specialty: 'S1', min: 0, max: 3 },
    ]
    const found = chancesOf(leaves, { maxPerEmployer: 10, quotas: narrow })
    assert.deepInclude(found.ok ? {} : found.error, { bound: 'max', need: 10, reachable: 5 })
  })

  test('come after a pool or caps that are too small whatever the quotas', ({ assert }) => {
    const quotas = [{ specialty: 'S0', min: 10, max: 10 }]
    const code = (counts: Counts, maxPerEmployer: number) => {
      const found = chancesOf(leavesOf(counts), { maxPerEmployer, quotas })
      return found.ok ? 'ok' : found.error.code
    }
    assert.equal(code([[4, 5]], 10), 'pool_too_small')
    assert.equal(
      code(
        [
          [9, 5],
          [9, 9],
        ],
        4
      ),
      'caps_infeasible'
    )
    assert.equal(
      code(
        [
          [9, 5],
          [0, 9],
        ],
        10
      ),
      'quotas_infeasible'
    )
    assert.equal(
      code(
        [
          [10, 5],
          [0, 9],
        ],
        10
      ),
      'too_few_sets'
    )
    assert.equal(
      code(
        [
          [40, 5],
          [0, 9],
        ],
        10
      ),
      'ok'
    )
    assert.equal(rational(10n, 40n).den, 4n)
  })
})
