import { seeded } from '#bin/bench/support/seeded'
import type { Soak } from '#bin/soak/support/outcome'
import { KilledDraws, VICTIMS, type Schedule } from '#tests/support/killed_draws'
import { shuffled } from '#tests/unit/draw_lib/support/fixtures'

/** `kill -9` at the statements of draws: each statement, each victim, before and after it, in a random order. */
export const soak: Soak = async ({ seed, trials }) => {
  const random = seeded(seed)
  const draws = await KilledDraws.start()
  const missed: string[] = []
  let killed = 0
  try {
    const schedules = shuffled(schedulesOf(await draws.statementsOfADraw()), random).slice(0, trials)
    for (const schedule of schedules) {
      const outcome = await draws.trial(schedule)
      if (outcome.killed) killed += 1
      if (outcome.wrong) missed.push(`${outcome.wrong}: ${JSON.stringify(schedule)}`)
    }
    const disagreement = await draws.ledgerAgrees()
    if (disagreement) missed.push(disagreement)
  } finally {
    await draws.stop()
  }
  return { what: 'draws with a process killed at one of their statements', trials: killed, missed }
}

function schedulesOf(statements: readonly Schedule['at'][]): Schedule[] {
  return statements.flatMap((at) =>
    VICTIMS.flatMap((victim) => (['before', 'after'] as const).map((when) => ({ victim, at, when })))
  )
}
