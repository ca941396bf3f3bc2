/** Serves the API, the realtime layer and the built web app from one origin. */
import { Ignitor, prettyPrintError } from '@adonisjs/core'

const APP_ROOT = new URL('../', import.meta.url)
const IMPORTER = (filePath: string) =>
  filePath.startsWith('./') || filePath.startsWith('../')
    ? import(new URL(filePath, APP_ROOT).href)
    : import(filePath)

new Ignitor(APP_ROOT, { importer: IMPORTER })
  .tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    // A start that was still under way sets its timers after all was closed: nothing waits for them.
    const end = () => void app.terminate().then(() => process.exit())
    app.listen('SIGTERM', end)
    app.listenIf(app.managedByPm2, 'SIGINT', end)
    app.listen('SIGINT', end)
  })
  .httpServer()
  .start()
  .catch(async (error) => {
    await prettyPrintError(error)
    // What was opened before it failed, such as connections, would keep the process for half a minute.
    process.exit(1)
  })
