import { test } from '@japa/runner'
import { markedAtLeast } from '#lib/draw/fairness/hypergeometric'
import { decimalText } from '#lib/draw/fairness/decimal_text'
import { holm } from '#lib/draw/fairness/holm'
import { lowerTail, ratio, trialOf, twoSided, upperTail } from '#lib/draw/fairness/poisson_binomial'
import { seeded, shuffle } from '#lib/draw/fairness/seeded'
import { rational, type Rational } from '#lib/draw/rational'
import { seededRandom } from '../support/fixtures.js'

/** P(X ≥ k) in whole numbers over the product of the denominators: slow, and beyond doubt. */
function exactUpper(chances: readonly Rational[], k: number): { num: bigint; den: bigint } {
  let ways = [1n]
  let den = 1n
  for (const chance of chances) {
    den *= chance.den
    const next = Array<bigint>(ways.length + 1).fill(0n)
    ways.forEach((way, i) => {
      next[i]! += way * (chance.den - chance.num)
      next[i + 1]! += way * chance.num
    })
    ways = next
  }
  return { num: ways.slice(k).reduce((sum, way) => sum + way, 0n), den }
}

function someChances(name: string, count: number): Rational[] {
  const random = seededRandom(name)
  return Array.from({ length: count }, () => {
    const den = 11 + random(400)
    return rational(BigInt(1 + random(den - 1)), BigInt(den))
  })
}

test.group('SUP-5: the exact distribution of a sum of unlike chances', () => {
  test('agrees with whole-number arithmetic to the bound it states', ({ assert }) => {
    for (const [name, count] of [
      ['few', 3],
      ['some', 40],
      ['many', 250],
    ] as const) {
      const chances = someChances(name, count)
      const trials = chances.map(trialOf)
      const bound = (4 * count + 8) / 2 ** 53
      for (const k of [0, 1, Math.floor(count / 10), Math.floor(count / 2), count - 1, count]) {
        const { num, den } = exactUpper(chances, k)
        const upper = ratio(num, den)
        const lower = ratio(den - num, den)
        assert.isAtMost(Math.abs(upperTail(trials, k) - upper), upper * bound, `${name} ≥ ${k}`)
        if (k > 0)
          assert.isAtMost(Math.abs(lowerTail(trials, k - 1) - lower), lower * bound, `${name} < ${k}`)
      }
    }
  })

  test('has tails that no subtraction has spoilt', ({ assert }) => {
    const trials = Array.from({ length: 100 }, () => trialOf(rational(1n, 10n)))
    assert.closeTo(upperTail(trials, 100) / 1e-100, 1, 1e-12)
    assert.equal(upperTail(trials, 0), 1)
    assert.equal(upperTail(trials, 101), 0)
    assert.equal(lowerTail(trials, -1), 0)
    assert.equal(lowerTail(trials, 100), 1)
    assert.equal(lowerTail([], 0), 1)
  })

  test('gives certain and impossible events their chances', ({ assert }) => {
    const certain = [trialOf(rational(1n, 1n)), trialOf(rational(1n, 1n))]
    assert.equal(twoSided(certain, 2), 1)
    assert.equal(twoSided(certain, 1), 0)
    assert.equal(twoSided([trialOf(rational(0n, 1n))], 1), 0)
  })

  test('keeps the level of the two-sided test, whatever the chances', ({ assert }) => {
    for (const count of [1, 5, 30]) {
      const chances = someChances(`level ${count}`, count)
      const trials = chances.map(trialOf)
      for (const alpha of [0.5, 0.1, 0.01]) {
        let rejected = 0
        for (let k = 0; k <= count; k++) {
          const at = ratio(
            exactUpper(chances, k).num - (k < count ? exactUpper(chances, k + 1).num : 0n),
            exactUpper(chances, 0).den
          )
          if (twoSided(trials, k) <= alpha) rejected += at
        }
        assert.isAtMost(rejected, alpha + 1e-9)
      }
    }
  })

  test('divides integers of any size to the last place', ({ assert }) => {
    assert.equal(ratio(1n, 3n), 1 / 3)
    assert.equal(ratio(0n, 7n), 0)
    assert.equal(ratio(10n ** 400n, 10n ** 400n), 1)
    assert.equal(ratio(3n * 10n ** 300n, 4n * 10n ** 300n), 0.75)
    assert.equal(ratio(1n, 10n ** 400n), 0)
    assert.closeTo(ratio(1n, 10n ** 200n) / 1e-200, 1, 1e-14)
  })
})

test.group('SUP-5: the other exact tests', () => {
  test("Fisher's: the lady who tastes tea", ({ assert }) => {
    const table = { all: 8, marked: 4, taken: 4 }
    assert.equal(markedAtLeast({ ...table, seen: 4 }), 1 / 70)
    assert.equal(markedAtLeast({ ...table, seen: 3 }), 17 / 70)
    assert.equal(markedAtLeast({ ...table, seen: 0 }), 1)
    assert.equal(markedAtLeast({ ...table, seen: 5 }), 0)
    assert.equal(markedAtLeast({ all: 10, marked: 9, taken: 5, seen: 4 }), 1)
  })

  test("Holm's: steps down, never below what came before", ({ assert }) => {
    const close = (have: number[], want: number[]) => {
      have.forEach((value, i) => assert.closeTo(value, want[i]!, 1e-12))
    }
    close(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02])
    close(holm([0.9, 0.8]), [1, 1])
    assert.deepEqual(holm([]), [])
  })

  test('exact decimals round halves up', ({ assert }) => {
    assert.equal(decimalText(rational(1n, 3n), 4), '0.3333')
    assert.equal(decimalText(rational(25n, 2n), 0), '13')
    assert.equal(decimalText(rational(1n, 2000n), 3), '0.001')
    assert.equal(decimalText(rational(1234n, 100n), 2), '12.34')
  })

  test('random numbers repeat by name, are even, and shuffle without favour', ({ assert }) => {
    const numbers = (name: string) => {
      const random = seeded(name)
      return Array.from({ length: 5 }, () => random.below(1000))
    }
    assert.deepEqual(numbers('a'), numbers('a'))
    assert.notDeepEqual(numbers('a'), numbers('b'))
    const random = seeded('even')
    const seen = Array.from({ length: 5 }, () => Array<number>(5).fill(0))
    let total = 0
    for (let run = 0; run < 20_000; run++) {
      shuffle([0, 1, 2, 3, 4], random).forEach((item, place) => (seen[place]![item]! += 1))
      total += random.unit()
    }
    const chi = seen.flat().reduce((sum, count) => sum + (count - 4000) ** 2 / 4000, 0)
    assert.isBelow(chi, 16 + 6 * Math.sqrt(32))
    assert.closeTo(total / 20_000, 0.5, 0.01)
  })
})
