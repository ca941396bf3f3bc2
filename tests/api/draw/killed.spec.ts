import { test } from '@japa/runner'
import { KilledDraws, VICTIMS, type Schedule } from '#tests/support/killed_draws'
import { seededRandom } from '#tests/unit/draw_lib/support/fixtures'

/** `npm run soak -- kills` goes through every statement of both levels; here each victim meets a few of L3. */
const EACH = 1
/** A statement may not come again at its place, jobs and waits being what they are; another is taken then, so often. */
const MISSES = 2

test.group('Draw: kill -9 of app, witness and database in the middle of it', (group) => {
  let draws: KilledDraws
  group.setup(async () => {
    draws = await KilledDraws.start('L3')
    return () => draws.stop()
  })

  test('DRAW-9: afterwards nothing has happened or all of it, and the committed ten come out', async ({
    assert,
  }) => {
    const statements = await draws.statementsOfADraw()
    assert.isAbove(statements.length, 20)
    const random = seededRandom('killed draws')
    for (const victim of VICTIMS) {
      let kills = 0
      for (let tries = 0; kills < EACH && tries < EACH + MISSES; tries++) {
        const at = statements[random(statements.length)]!
        const schedule: Schedule = { victim, at, when: random(2) === 0 ? 'before' : 'after' }
        const { killed, wrong } = await draws.trial(schedule)
        assert.isNull(wrong, JSON.stringify(schedule))
        if (killed) kills += 1
      }
      assert.equal(kills, EACH, victim)
    }
    assert.isNull(await draws.ledgerAgrees())
  }).timeout(600_000)
})
