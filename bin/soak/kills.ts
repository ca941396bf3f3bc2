import { seeded } from '#bin/bench/support/seeded'
import type { Soak } from '#bin/soak/support/outcome'
import { KilledDraws, VICTIMS, type Schedule } from '#tests/support/killed_draws'
import { shuffled } from '#tests/unit/draw_lib/support/fixtures'

/** `kill -9` at the statements of draws of both levels: each statement, victim, before and after it, in a random order. */
export const soak: Soak = async ({ seed, trials }) => {
  const random = seeded(seed)
  const two = await ofLevel('L2', random, Math.floor(trials / 2))
  const three = await ofLevel('L3', random, Math.ceil(trials / 2))
  return {
    what: 'draws with a process killed at one of their statements',
    trials: two.killed + three.killed,
    missed: [...two.missed, ...three.missed],
  }
}

async function ofLevel(level: 'L2' | 'L3', random: (below: number) => number, trials: number) {
  const draws = await KilledDraws.start(level)
  const missed: string[] = []
  let killed = 0
  try {
    const schedules = shuffled(schedulesOf(await draws.statementsOfADraw()), random).slice(0, trials)
    for (const schedule of schedules) {
      const outcome = await draws.trial(schedule)
      if (outcome.killed) killed += 1
      if (outcome.wrong) missed.push(`${level}: ${outcome.wrong}: ${JSON.stringify(schedule)}`)
    }
    const disagreement = await draws.ledgerAgrees()
    if (disagreement) missed.push(disagreement)
  } finally {
    await draws.stop()
  }
  return { killed, missed }
}

function schedulesOf(statements: readonly Schedule['at'][]): Schedule[] {
  return statements.flatMap((at) =>
    VICTIMS.flatMap((victim) => (['before', 'after'] as const).map((when) => ({ victim, at, when })))
  )
}
