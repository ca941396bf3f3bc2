import { test } from '@japa/runner'
import { KilledDraws, VICTIMS, type Schedule } from '#tests/support/killed_draws'
import { seededRandom } from '#tests/unit/draw_lib/support/fixtures'

/** `npm run soak -- kills` goes through every statement of both levels; here each victim meets a few of L3. */
const EACH = 1

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
      for (let i = 0; i < EACH; i++) {
        const at = statements[random(statements.length)]!
        const schedule: Schedule = { victim, at, when: random(2) === 0 ? 'before' : 'after' }
        const { killed, wrong } = await draws.trial(schedule)
        assert.isNull(wrong, JSON.stringify(schedule))
        assert.isTrue(killed, JSON.stringify(schedule))
      }
    }
    assert.isNull(await draws.ledgerAgrees())
  }).timeout(600_000)
})
