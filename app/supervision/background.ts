import app from '@adonisjs/core/services/app'
import { startWorkingOffSpotChecks, stopWorkingOffSpotChecks } from '#supervision/jobs/work_off_spot_checks'

/** What supervision does beside the web server: spot checks under way. */
app.ready(() => {
  if (app.getEnvironment() === 'web') startWorkingOffSpotChecks()
})

app.terminating(() => stopWorkingOffSpotChecks())
