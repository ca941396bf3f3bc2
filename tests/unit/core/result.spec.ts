import { test } from '@japa/runner'
import { fail, ok } from '#lib/result'

test.group('Result', () => {
  test('keeps the value or the error apart by its tag', ({ assert }) => {
    assert.deepEqual(ok(3), { ok: true, value: 3 })
    assert.deepEqual(fail({ code: 'x' }), { ok: false, error: { code: 'x' } })
  })
})
