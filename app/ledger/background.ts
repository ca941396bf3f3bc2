import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import { ownCheckpointer } from '#ledger/checkpoints/own_log'
import { refuseBehindHead } from '#ledger/checkpoints/refuse_behind'
import { sequencerAtRest } from '#ledger/sequencer'
import { stampWhenDue } from '#ledger/timestamps/stamp_when_due'

const EVERY_MS = 1000

let ending = false
const running = new Map<string, { timer: NodeJS.Timeout | null; round: Promise<void> }>()

/** One round after the other, a second between them. */
function loop(what: string, work: () => Promise<unknown>): void {
  const round = work()
    .catch((error: unknown) => logger.error({ err: error }, what))
    .then(() => {
      if (!ending) running.get(what)!.timer = setTimeout(() => loop(what, work), EVERY_MS)
    })
  running.set(what, { timer: null, round })
}

// Before the first request: what it appended would be a fork.
if (app.getEnvironment() === 'web') await refuseBehindHead()

app.ready(() => {
  if (app.getEnvironment() !== 'web') return
  // A checkpoint every second in which there is something new.
  loop('checkpoint', () => ownCheckpointer().round())
  loop('timestamp of the ledger', stampWhenDue)
})

app.terminating(async () => {
  ending = true
  await sequencerAtRest()
  for (const { timer, round } of running.values()) {
    if (timer) clearTimeout(timer)
    await round
  }
})
