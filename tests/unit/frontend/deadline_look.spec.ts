import { test } from '@japa/runner'
import { deadlineLook } from '../../../frontend/src/lib/ui/deadline_rule.ts'

const hour = 3_600_000

test.group('a deadline on screen', () => {
  test('is plain while more than 48 hours are left', ({ assert }) => {
    assert.equal(deadlineLook(48 * hour + 1, 0), 'open')
  })
  test('is soon from 48 hours on', ({ assert }) => {
    assert.equal(deadlineLook(48 * hour, 0), 'soon')
  })
  test('of a long span is soon in its last tenth', ({ assert }) => {
    const span = 1000 * hour
    assert.equal(deadlineLook(span, span - 100 * hour, 0), 'soon')
    assert.equal(deadlineLook(span, span - 100 * hour - 1, 0), 'open')
  })
  test('is late at its very moment', ({ assert }) => {
    assert.equal(deadlineLook(5, 5), 'late')
    assert.equal(deadlineLook(5, 4), 'soon')
  })
})
