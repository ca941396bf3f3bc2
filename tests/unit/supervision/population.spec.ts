import { test } from '@japa/runner'
import {
  periodIsOver,
  populationOf,
  type ConcludedReview,
} from '#supervision/domain/population_follows_from_the_period'
import type { Scope } from '#supervision/models/spot_check'

const SCOPE: Scope = { kind: 'concluded', category: null, from: '2026-10-01', to: '2026-10-02' }
const review = (number: string, at: string, change: Partial<ConcludedReview> = {}): ConcludedReview => {
  return { number, concludedAt: new Date(at), conclusion: 'PASS', categories: ['PIT'], ...change }
}
const of = (reviews: readonly ConcludedReview[], change: Partial<Scope> = {}) =>
  populationOf(reviews, { ...SCOPE, ...change }, 480)

test.group('SUP-1: the list of a spot check', () => {
  test('has both its days whole, in the time of the jurisdiction', ({ assert }) => {
    const reviews = [
      review('LZ-1', '2026-09-30T15:59:59.999Z'),
      review('LZ-2', '2026-09-30T16:00:00.000Z'),
      review('LZ-3', '2026-10-02T15:59:59.999Z'),
      review('LZ-4', '2026-10-02T16:00:00.000Z'),
    ]
    assert.deepEqual(of(reviews), ['LZ-2', 'LZ-3'])
  })

  test('follows kind and category, each number once, in the order of bytes', ({ assert }) => {
    const at = '2026-10-01T02:00:00.000Z'
    const reviews = [
      review('LZ-10', at, { conclusion: 'REVISE' }),
      review('LZ-9', at, { categories: ['STEEL', 'LIFT'] }),
      review('LZ-10', at, { conclusion: 'REVISE' }),
    ]
    assert.deepEqual(of(reviews), ['LZ-10', 'LZ-9'])
    assert.deepEqual(of(reviews, { kind: 'revision' }), ['LZ-10'])
    assert.deepEqual(of(reviews, { category: 'LIFT' }), ['LZ-9'])
    assert.deepEqual(of(reviews, { category: 'LIFT', kind: 'revision' }), [])
  })

  test('is of days that are over', ({ assert }) => {
    const at = (from: string, to: string) => periodIsOver({ from, to }, '2026-10-03', '2026-10-02')
    assert.isTrue(at('2026-10-01', '2026-10-02').ok)
    assert.isTrue(at('2026-10-02', '2026-10-02').ok)
    assert.deepEqual(at('2026-10-01', '2026-10-03'), {
      ok: false,
      error: { code: 'E_PERIOD_NOT_OVER', lastDay: '2026-10-02' },
    })
    assert.deepEqual(at('2026-10-02', '2026-10-01'), { ok: false, error: { code: 'E_PERIOD_BACKWARDS' } })
  })
})
