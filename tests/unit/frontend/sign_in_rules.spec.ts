import { test } from '@japa/runner'
import { mobileProblem, plainMobile } from '../../../frontend/src/lib/identity/mobile_rule.ts'
import { safeNext } from '../../../frontend/src/lib/identity/safe_next.ts'

test.group('mobile number', () => {
  test('may be typed with spaces, dashes and full-width digits', ({ assert }) => {
    assert.equal(plainMobile('１３９ 0000-0001'), '13900000001')
    assert.isNull(mobileProblem('139 0000 0001'))
  })
  test('says how many digits are missing or too many', ({ assert }) => {
    assert.deepEqual(mobileProblem('139000000'), { kind: 'short', by: 2 })
    assert.deepEqual(mobileProblem('139000000012'), { kind: 'long', by: 1 })
  })
  test('is missing, or has letters', ({ assert }) => {
    assert.deepEqual(mobileProblem('  '), { kind: 'missing' })
    assert.deepEqual(mobileProblem('1390000000a'), { kind: 'letters' })
  })
})

test.group('the address after signing in', () => {
  test('is the wanted page of this site', ({ assert }) => {
    assert.equal(safeNext('/plans/1?tab=2'), '/plans/1?tab=2')
  })
  for (const address of [null, '', 'https://evil.example', '//evil.example', '/\\evil.example', 'plans']) {
    test(`is never ${address}`, ({ assert }) => {
      assert.equal(safeNext(address), '/home')
    })
  }
})
