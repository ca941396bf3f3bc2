import { test } from '@japa/runner'
import { compareImplementations } from '#tests/support/second_implementation'

/** `npm run soak -- second_implementation` compares a thousand and more. */
const CASES = 120

test.group('A second implementation, in Python, written from docs/draw/SPEC.md alone', () => {
  test('DRAW-9: agrees on chances, tickets, result, replacements and every hash of random pools', ({
    assert,
  }) => {
    const { kinds, differences } = compareImplementations(0, CASES)
    assert.deepEqual(differences, [])
    for (const kind of ['caps', 'quotas', 'quotas_infeasible', 'too_few_sets', 'L3'])
      assert.isAbove(kinds.get(kind) ?? 0, 0, kind)
    assert.isAbove((kinds.get('caps') ?? 0) + (kinds.get('quotas') ?? 0), CASES / 2)
  }).timeout(400_000)
})
