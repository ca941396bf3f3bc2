import { test } from '@japa/runner'
import { sha256, u32be, utf8 } from '#lib/bytes'
import { buildRuler, pinned } from '#lib/draw/ruler'
import { uniformBelow } from '#lib/draw/uniform'
import { bareLeaves, capChances, seededRandom, WORKED_EXAMPLE } from './support/fixtures.js'
import { isBiased } from './support/statistics.js'

const RUNS = 1200
const EQUAL = Array<number>(100).fill(1)

function countRuns(size: number, runs: number, drawOne: (run: number) => readonly number[]): number[] {
  const seen = Array<number>(size).fill(0)
  for (let run = 0; run < runs; run++) for (const i of drawOne(run)) seen[i]!++
  return seen
}

function ours(sizes: readonly number[]) {
  const leaves = bareLeaves(sizes)
  const chances = capChances(leaves, 10)
  const index = new Map(leaves.map(({ id }, i) => [id, i]))
  const expected = leaves.map(({ employer }) => {
    const { num, den } = chances.byEmployer.get(employer)!
    return Number(num) / Number(den)
  })
  const drawOne = (run: number) => {
    const ruler = buildRuler(leaves, chances, sha256(utf8('run'), u32be(run)), 1)
    return pinned(ruler).map(({ id }) => index.get(id)!)
  }
  return { expected, drawOne, employers: leaves.map(({ employer }) => employer) }
}

test.group('DRAW-8: marginals', (group) => {
  group.each.timeout(60_000)

  for (const [name, sizes] of [
    ['equal employers', EQUAL],
    ['the worked example', WORKED_EXAMPLE],
  ] as const) {
    test(`are the published chances: ${name}`, ({ assert }) => {
      const { expected, drawOne } = ours(sizes)
      const seen = countRuns(expected.length, RUNS, drawOne)
      assert.isFalse(isBiased(seen, expected, RUNS))
      assert.equal(
        seen.reduce((sum, count) => sum + count),
        10 * RUNS
      )
    })
  }

  test('of known-bad draws are caught by the same check', ({ assert }) => {
    const random = seededRandom('mutants')
    const expected = EQUAL.map(() => 0.1)
    const all = EQUAL.map((_, i) => i)
    const mutants: Record<string, () => number[]> = {
      'sort by a coin': () => [...all].sort(() => random(1000) - 499.5).slice(0, 10),
      'a byte modulo n': () => {
        const left = [...all]
        return Array.from({ length: 10 }, () => left.splice(random(256) % left.length, 1)[0]!)
      },
      'the naive swap': () => {
        const list = [...all]
        for (let i = 0; i < list.length; i++) {
          const j = random(list.length)
          ;[list[i], list[j]] = [list[j]!, list[i]!]
        }
        return list.slice(0, 10)
      },
    }
    for (const [name, drawOne] of Object.entries(mutants)) {
      assert.isTrue(isBiased(countRuns(EQUAL.length, RUNS, drawOne), expected, RUNS), name)
    }
    const fair = () => {
      const left = [...all]
      return Array.from({ length: 10 }, () => left.splice(random(left.length), 1)[0]!)
    }
    assert.isFalse(isBiased(countRuns(EQUAL.length, RUNS, fair), expected, RUNS), 'a fair draw passes')
  })

  test('of shuffle-and-skip and of rejection stay below the published chances', ({ assert }) => {
    const { expected, employers } = ours(WORKED_EXAMPLE)
    const random = seededRandom('skip')
    const skip = () => {
      const left = employers.map((_, i) => i)
      const taken: number[] = []
      while (taken.length < 10) {
        const [i] = left.splice(random(left.length), 1) as [number]
        if (!taken.some((other) => employers[other] === employers[i])) taken.push(i)
      }
      return taken
    }
    const seen = countRuns(expected.length, RUNS, skip)
    assert.isTrue(isBiased(seen, expected, RUNS))
    const largest = seen.slice(0, 10).reduce((sum, count) => sum + count) / 10 / RUNS
    assert.isBelow(largest, 0.095)
  })
})

test.group('DRAW-1: the start', () => {
  test('is uniform where a remainder is not', ({ assert }) => {
    const bound = 200
    const runs = 20_000
    const expected = Array<number>(bound).fill(1 / bound)
    const right = (run: number) => [Number(uniformBelow(sha256(u32be(run)), 1, BigInt(bound)))]
    assert.isFalse(isBiased(countRuns(bound, runs, right), expected, runs))
    const remainder = (run: number) => [sha256(u32be(run))[0]! % bound]
    assert.isTrue(isBiased(countRuns(bound, runs, remainder), expected, runs))
  }).timeout(60_000)

  test('stays in range for bounds of any size', ({ assert }) => {
    const seed = sha256(utf8('bounds'))
    assert.equal(uniformBelow(seed, 1, 1n), 0n)
    assert.throws(() => uniformBelow(seed, 1, 0n), 'bound')
    let big = 0n
    for (let run = 0; run < 200; run++) {
      for (const bound of [2n, 3n, 256n, 257n, 2n ** 256n, 2n ** 256n + 1n, 2n ** 700n + 7n]) {
        const value = uniformBelow(sha256(u32be(run)), 1, bound)
        assert.isTrue(value >= 0n && value < bound)
        if (value > big) big = value
      }
    }
    assert.isTrue(big > 2n ** 695n)
  })
})
