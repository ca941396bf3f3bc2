import { test } from '@japa/runner'
import { sha256, u32be, utf8 } from '#lib/bytes'
import { chancesOf } from '#lib/draw/chances'
import { drawByRounding } from '#lib/draw/rounded_draw'
import { byTicket } from '#lib/draw/ticket'
import { must } from './support/fixtures.js'
import { leavesOf } from './support/quota_pools.js'

const SEEDS = 1_000

test.group('Seats of a draw with quotas', () => {
  test('DRAW-13: who comes from a large employer sits no further in front than others', ({ assert }) => {
    // One employer of thirty, and twenty-four of one: only one of the thirty can be drawn.
    const leaves = leavesOf([[30, 0], ...Array.from({ length: 24 }, (_, i) => (i % 2 ? [1, 0] : [0, 1]))])
    const rules = { maxPerEmployer: 10, quotas: [{ specialty: 'S0', min: 4, max: 8 }] }
    const chances = must(chancesOf(leaves, rules))
    if (chances.by !== 'cell') throw new Error(chances.by)
    let drawn = 0
    let inFront = 0
    for (let i = 0; i < SEEDS; i++) {
      const seats = [...drawByRounding(leaves, chances, sha256(utf8('seats'), u32be(i)), 1).drawn].sort(
        byTicket
      )
      const at = seats.findIndex(({ employer }) => employer === 1)
      if (at < 0) continue
      drawn += 1
      if (at < 5) inFront += 1
    }
    assert.isAbove(drawn, SEEDS / 3)
    // Half of them, give or take five standard deviations of a fair coin.
    assert.closeTo(inFront, drawn / 2, 2.5 * Math.sqrt(drawn))
  })
})
