import { seeded } from '#bin/bench/support/seeded'
import type { Soak, SoakOptions } from '#bin/soak/support/outcome'
import { KilledDraws, VICTIMS, type Schedule } from '#tests/support/killed_draws'
import type { Statement } from '#tests/support/statement_proxy'
import { shuffled } from '#tests/unit/draw_lib/support/fixtures'

/**
 * `kill -9` at the statements of draws of both levels. Each statement comes once before any comes again, each time
 * with another victim, before or after it; six times as many trials as there are statements have met them all.
 */
export const soak: Soak = async ({ seed, trials, said }) => {
  const random = seeded(seed)
  const half = Math.floor(trials / 2)
  const two = await ofLevel('L2', random, half, said)
  const three = await ofLevel('L3', random, trials - half, (done, missed) =>
    said(half + done, two.missed.length + missed)
  )
  return {
    what: `draws with a process killed at one of their statements (${two.met + three.met} of ${two.statements + three.statements} statements, two levels)`,
    trials: two.killed + three.killed,
    missed: [...two.missed, ...three.missed],
  }
}

async function ofLevel(
  level: 'L2' | 'L3',
  random: (below: number) => number,
  trials: number,
  said: SoakOptions['said']
) {
  const draws = await KilledDraws.start(level)
  const missed: string[] = []
  const met = new Set<Statement>()
  let killed = 0
  try {
    const statements = await draws.statementsOfADraw()
    for (const [done, schedule] of inTurns(statements, random).slice(0, trials).entries()) {
      const outcome = await draws.trial(schedule)
      if (outcome.killed) {
        killed += 1
        met.add(schedule.at)
      }
      if (outcome.wrong) missed.push(`${level}: ${outcome.wrong}: ${JSON.stringify(schedule)}`)
      said(done + 1, missed.length)
    }
    const disagreement = await draws.ledgerAgrees()
    if (disagreement) missed.push(disagreement)
    return { killed, missed, met: met.size, statements: statements.length }
  } finally {
    await draws.stop()
  }
}

function inTurns(statements: readonly Statement[], random: (below: number) => number): Schedule[] {
  const kinds = VICTIMS.flatMap((victim) => (['before', 'after'] as const).map((when) => ({ victim, when })))
  const own = statements.map((at) => shuffled(kinds, random).map((kind) => ({ ...kind, at })))
  return kinds.flatMap((_, turn) =>
    shuffled(
      own.map((schedules) => schedules[turn]!),
      random
    )
  )
}
