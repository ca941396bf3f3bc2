import { test } from '@japa/runner'
import { uuidv7 } from '../../../frontend/src/lib/api/uuid.ts'

test.group('idempotency keys', () => {
  test('carry the time in their first 48 bits, and version and variant of UUIDv7', ({ assert }) => {
    const key = uuidv7(0x0192_3456_789a, new Uint8Array(10).fill(0xff))
    assert.equal(key, '01923456-789a-7fff-bfff-ffffffffffff')
  })

  test('made later sort later', ({ assert }) => {
    const random = new Uint8Array(10)
    assert.isTrue(uuidv7(2 ** 40, random) > uuidv7(2 ** 40 - 1, random))
  })

  test('of one moment differ', ({ assert }) => {
    assert.notEqual(uuidv7(1), uuidv7(1))
  })
})
