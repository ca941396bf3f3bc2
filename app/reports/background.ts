import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import { onReviewMoved } from '#reviews/public'
import { openMissingReports, openReportOf } from '#reports/actions/open_missing_reports'

const EVERY_MS = 5_000
let timer: NodeJS.Timeout | null = null

/** A report is there the moment the panel has concluded; a crash in between is made good within seconds. */
onReviewMoved(async ({ review, event }) => {
  if (event === 'conclude') await openReportOf(review.id)
})

async function sweep(): Promise<void> {
  await openMissingReports().catch((error: unknown) =>
    logger.error({ err: error }, 'reports that are missing')
  )
  timer = setTimeout(() => void sweep(), EVERY_MS)
}

app.ready(() => {
  if (app.getEnvironment() === 'web') void sweep()
})

app.terminating(() => {
  if (timer) clearTimeout(timer)
})
