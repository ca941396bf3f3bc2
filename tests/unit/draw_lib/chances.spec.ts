import { test } from '@japa/runner'
import { chancesOf, freeChance } from '#lib/draw/chances'
import { countSets } from '#lib/draw/possible_sets'
import { compareRational, rational, type Rational } from '#lib/draw/rational'
import { buildRuler, pinned, type Ruler } from '#lib/draw/ruler'
import { sha256, utf8 } from '#lib/bytes'
import { bareLeaves, capChances, capped, must, seededRandom, WORKED_EXAMPLE } from './support/fixtures.js'

type Vector = Rational[]

/** Chances of all experts, smallest first, when employer e has `totals[e]` places in expectation. */
function sortedChances(sizes: readonly number[], totals: readonly Rational[]): Vector {
  return sizes
    .flatMap((size, e) => Array<Rational>(size).fill(rational(totals[e]!.num, totals[e]!.den * BigInt(size))))
    .sort(compareRational)
}

function isLeximinAtLeast(a: Vector, b: Vector): boolean {
  for (let i = 0; i < a.length; i++) {
    const order = compareRational(a[i]!, b[i]!)
    if (order !== 0) return order > 0
  }
  return true
}

/** Every split of ten places over employers in steps of 1/q within the caps. */
function* splits(limits: readonly number[], q: number, rest = 10 * q): Generator<Rational[]> {
  const [limit, ...others] = limits
  if (limit === undefined) {
    if (rest === 0) yield []
    return
  }
  for (let part = 0; part <= Math.min(limit * q, rest); part++) {
    for (const tail of splits(others, q, rest - part)) yield [rational(BigInt(part), BigInt(q)), ...tail]
  }
}

test.group('DRAW-1: chances', () => {
  test('are the leximin ones: no split of the places on a fine grid is fairer', ({ assert }) => {
    let splitsTried = 0
    const instances: [number[], number, number][] = [
      [[4, 5, 9], 4, 12],
      [[2, 2, 3, 4, 7, 9], 2, 3],
      [[1, 3, 3, 8], 4, 8],
      [[10, 10], 5, 4],
      [[1, 1, 12, 2], 7, 6],
      [[5, 5, 5, 5, 1], 3, 4],
    ]
    for (const [sizes, cap, q] of instances) {
      const free = freeChance(new Map(sizes.map((size, e) => [e, size])), cap)
      const totals = sizes.map((size) => {
        const held = rational(BigInt(cap), BigInt(size))
        const chance = compareRational(held, free) < 0 ? held : free
        return rational(chance.num * BigInt(size), chance.den)
      })
      const ours = sortedChances(sizes, totals)
      const limits = sizes.map((size) => Math.min(size, cap))
      let tried = 0
      for (const split of splits(limits, q)) {
        assert.isTrue(isLeximinAtLeast(ours, sortedChances(sizes, split)), `${sizes} cap ${cap}`)
        tried++
      }
      assert.isAbove(tried, 0)
      splitsTried += tried
      const equalShare = sizes.map((size) =>
        rational(10n * BigInt(size), BigInt(sizes.reduce((a, b) => a + b)))
      )
      const fits = equalShare.every(
        (total, e) => compareRational(total, rational(BigInt(limits[e]!), 1n)) <= 0
      )
      assert.equal(
        fits,
        totals.every((total, e) => compareRational(total, equalShare[e]!) === 0)
      )
    }
    assert.isAbove(splitsTried, 1000)
  })

  test('sum to exactly ten, over random pools, and each start gives ten within the caps', ({ assert }) => {
    const random = seededRandom('pools')
    let drawn = 0
    for (let pool = 0; pool < 150; pool++) {
      const sizes = Array.from({ length: 3 + random(30) }, () => 1 + random(random(5) === 0 ? 40 : 6))
      const leaves = bareLeaves(sizes)
      const found = chancesOf(leaves, capped(10))
      if (!found.ok || found.value.by !== 'employer') continue
      const { byEmployer, cap, denominator, free } = found.value
      const sum = sizes.reduce((total, size, e) => {
        const { num, den } = byEmployer.get(e + 1)!
        assert.equal(denominator % den, 0n)
        assert.isTrue(num * BigInt(size) <= BigInt(cap) * den && num <= den && num > 0n)
        return total + BigInt(size) * num * (denominator / den)
      }, 0n)
      assert.equal(sum, 10n * denominator)
      assert.isTrue(compareRational(free, rational(1n, 1n)) <= 0)
      const ruler = buildRuler(leaves, found.value, sha256(utf8(`seed ${pool}`)), 1)
      const ten = pinned(ruler)
      assert.lengthOf(ten, 10)
      assert.equal(new Set(ten.map(({ id }) => id)).size, 10)
      for (const { employer } of ten) {
        assert.isAtMost(ten.filter((other) => other.employer === employer).length, cap)
      }
      drawn++
    }
    assert.isAbove(drawn, 100)
  })

  test('are met exactly: over all starts an expert is drawn as often as their stretch is wide', ({
    assert,
  }) => {
    for (const sizes of [
      WORKED_EXAMPLE,
      [7, 5, 5, 4, 4, 3, 3, 3, 3, 2, 2, 2, 1, 1],
      Array<number>(30).fill(1),
    ]) {
      const chances = capChances(bareLeaves(sizes), 10)
      const ruler = buildRuler(bareLeaves(sizes), chances, sha256(utf8('all starts')), 1)
      const counts = new Map<string, bigint>()
      for (let offset = 0n; offset < ruler.denominator; offset++) {
        for (const { id } of pinned({ ...ruler, offset })) counts.set(id, (counts.get(id) ?? 0n) + 1n)
      }
      for (const { id, width } of ruler.segments) assert.equal(counts.get(id), width)
      assert.equal(
        ruler.segments.reduce((sum, { width }) => sum + width, 0n),
        10n * ruler.denominator
      )
    }
  })

  test('of the worked example: nobody below the exact optimum of one in ten', ({ assert }) => {
    const { cap, free, byEmployer } = capChances(bareLeaves(WORKED_EXAMPLE), 10)
    assert.equal(cap, 1)
    assert.deepEqual(byEmployer.get(1), { num: 1n, den: 10n })
    assert.isTrue(compareRational(free, rational(1n, 10n)) > 0)
    const least = [...byEmployer.values()].sort(compareRational)[0]
    assert.deepEqual(least, { num: 1n, den: 10n })
  })

  test('count every set that can come out', ({ assert }) => {
    const half = rational(1n, 2n)
    assert.equal(
      countSets(new Map(Array.from({ length: 20 }, (_, e) => [e, 1])), chanceMap(20, half)),
      184756n
    )
    // Every employer's share is a whole number: two of four from each of five.
    assert.equal(
      countSets(new Map(Array.from({ length: 5 }, (_, e) => [e, 4])), chanceMap(5, half)),
      6n ** 5n
    )
  })

  test('are refused with the numbers where a draw would be none', ({ assert }) => {
    assert.deepEqual(chancesOf(bareLeaves([5, 4]), capped(10)), {
      ok: false,
      error: { code: 'pool_too_small', eligible: 9, need: 10 },
    })
    assert.deepEqual(chancesOf(bareLeaves([50, 40, 2]), capped(3)), {
      ok: false,
      error: { code: 'caps_infeasible', maxPerEmployer: 3, reachable: 8, need: 10 },
    })
    assert.deepEqual(chancesOf(bareLeaves(Array<number>(10).fill(1)), capped(2)), {
      ok: false,
      error: { code: 'too_few_sets', sets: '1', need: '1048576' },
    })
    const excluded = bareLeaves(Array<number>(30).fill(1)).map((leaf) => ({ ...leaf, excluded: 'interest' }))
    assert.equal(must({ ok: true, value: chancesOf(excluded, capped(2)) }).ok, false)
  })
})

function chanceMap(count: number, chance: Rational): Map<number, Rational> {
  return new Map(Array.from({ length: count }, (_, e) => [e, chance]))
}

test.group('DRAW-1: the ruler', () => {
  test('takes the left end of a stretch and not the right', ({ assert }) => {
    const width = 3n
    const segments = Array.from({ length: 30 }, (_, i) => {
      return { id: `E${i}`, employer: i, ticket: new Uint8Array(32), start: BigInt(i) * width, width }
    })
    const ruler: Ruler = { segments, denominator: 9n, offset: 3n }
    assert.equal(pinned(ruler)[0]!.id, 'E1')
    assert.equal(pinned({ ...ruler, offset: 2n })[0]!.id, 'E0')
    assert.lengthOf(pinned({ ...ruler, offset: 8n }), 10)
  })
})
