import { setImmediate } from 'node:timers/promises'
import { test } from '@japa/runner'
import { oneAtATime } from '#supervision/fairness/one_at_a_time'

test.group('One at a time', () => {
  test('SUP-5: no two at once, in their order, and what fails stops nobody', async ({ assert }) => {
    const inTurn = oneAtATime()
    let running = 0
    const ended: number[] = []
    const work = (n: number) => async () => {
      running += 1
      assert.equal(running, 1)
      await setImmediate()
      running -= 1
      ended.push(n)
      if (n === 1) throw new Error('one')
      return n
    }
    const all = await Promise.allSettled([0, 1, 2].map((n) => inTurn(work(n))))
    assert.deepEqual(ended, [0, 1, 2])
    assert.deepEqual(
      all.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled']
    )
    assert.equal(await inTurn(work(3)), 3)
  })
})
