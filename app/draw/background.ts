import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import env from '#start/env'
import { commitDrawKeys, ensureWitnessPinned } from '#draw/actions/commit_draw_keys'
import { beaconSettings } from '#draw/beacon/settings'
import { pinBeacon } from '#draw/entropy/trust_files'
import { startWorkingOffDraws, stopWorkingOffDraws } from '#draw/jobs/work_off_draws'
import { stopWatching } from '#draw/queries/watch_draws'

// Before it serves: settings that no draw could be made with end the start.
const beacon = app.getEnvironment() === 'web' ? await beaconSettings() : null

/** What the draw does beside the web server: keys into the log before any plan, then the draws under way. */
app.ready(async () => {
  if (app.getEnvironment() !== 'web') return
  if (beacon) pinBeacon(env.get('VAR_DIR'), beacon.chain)
  await commitDrawKeys()
  const standing = await ensureWitnessPinned()
  if (standing.code !== 'pinned') logger.warn(`draws wait for the witness: ${standing.code}`)
  startWorkingOffDraws()
})

app.terminating(async () => {
  stopWatching()
  await stopWorkingOffDraws()
})
