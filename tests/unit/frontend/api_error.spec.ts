import { test } from '@japa/runner'
import { errorFromAnswer } from '../../../frontend/src/lib/api/api_error.ts'

test.group('an error answer', () => {
  test('gives code and parameters', ({ assert }) => {
    const error = errorFromAnswer(423, { error: { code: 'E_LOCKED', params: { minutes: 15 } } }, 'r1')
    assert.equal(error.code, 'E_LOCKED')
    assert.equal(error.status, 423)
    assert.deepEqual(error.params, { minutes: 15 })
    assert.equal(error.requestId, 'r1')
  })
  test('gives the fields of a form', ({ assert }) => {
    const fields = [{ field: 'code', rule: 'regex', meta: {} }]
    const error = errorFromAnswer(422, { error: { code: 'E_VALIDATION', params: { fields } } }, null)
    assert.deepEqual(error.fields, [{ field: 'code', rule: 'regex', params: {} }])
  })
  test('prefers the number in the body', ({ assert }) => {
    const error = errorFromAnswer(
      500,
      { error: { code: 'E_UNEXPECTED', params: { requestId: 'body' } } },
      'header'
    )
    assert.equal(error.requestId, 'body')
  })
  test("of a proxy's page falls back to its status", ({ assert }) => {
    assert.equal(errorFromAnswer(503, undefined, null).code, 'E_UNAVAILABLE')
    assert.equal(errorFromAnswer(502, '<html>', null).code, 'E_UNEXPECTED')
  })
})
