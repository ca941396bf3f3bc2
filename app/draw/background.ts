import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import { commitDrawKeys, ensureWitnessPinned } from '#draw/actions/commit_draw_keys'
import { startWorkingOffDraws, stopWorkingOffDraws } from '#draw/jobs/work_off_draws'
import { stopWatching } from '#draw/queries/watch_draws'

/** What the draw does beside the web server: keys into the log before any plan, then the draws under way. */
app.ready(async () => {
  if (app.getEnvironment() !== 'web') return
  await commitDrawKeys()
  const standing = await ensureWitnessPinned()
  if (standing.code !== 'pinned') logger.warn(`draws wait for the witness: ${standing.code}`)
  startWorkingOffDraws()
})

app.terminating(async () => {
  stopWatching()
  await stopWorkingOffDraws()
})
