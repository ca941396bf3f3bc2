import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import { ownCheckpointer } from '#ledger/checkpoints/own_log'

const EVERY_MS = 1000

let timer: NodeJS.Timeout | null = null
let round: Promise<void> = Promise.resolve()
let ending = false

/** A checkpoint every second in which there is something new. */
function loop(): void {
  round = ownCheckpointer()
    .round()
    .then(() => undefined)
    .catch((error: unknown) => logger.error({ err: error }, 'checkpoint'))
    .then(() => {
      if (!ending) timer = setTimeout(loop, EVERY_MS)
    })
}

app.ready(() => {
  if (app.getEnvironment() === 'web') loop()
})

app.terminating(async () => {
  ending = true
  if (timer) clearTimeout(timer)
  await round
})
