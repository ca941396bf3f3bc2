import app from '@adonisjs/core/services/app'
import { onDeadlinePassed } from '#messages/public'
import { onReviewMoved } from '#reviews/public'
import { onReportIssued } from '#reports/events/report_issued'
import { tellFilingLate } from '#reports/filing/actions/tell_late'
import { settleAftermath } from '#reports/revision/actions/settle_aftermath'
import { tellOverdue } from '#reports/revision/actions/tell_overdue'
import {
  startWorkingOffAftermath,
  stopWorkingOffAftermath,
  wakeAftermath,
} from '#reports/revision/jobs/work_off_aftermath'

/** In the transaction of the last signature: the report's items lie open at once, and filing may be complete. */
onReportIssued(async (unit, { reviewId }) => {
  const settled = await settleAftermath(unit, reviewId)
  if (!settled.ok) throw new Error(`After the report of ${reviewId}: ${JSON.stringify(settled.error)}`)
})

const WAKES = [
  'conclude',
  'revise',
  'send_back',
  'leader_sends_back',
  'release',
  'advice_answered',
  'lift_suspension',
]
onReviewMoved(({ event }) => {
  if (WAKES.includes(event)) wakeAftermath()
})

onDeadlinePassed('filing_closes', (unit, { object_id }) => tellFilingLate(unit, object_id))
onDeadlinePassed('answers_close', (unit, { object_id }) => tellOverdue(unit, object_id, 'contractor'))
onDeadlinePassed('revision_check', (unit, { object_id }) => tellOverdue(unit, object_id, 'leader'))

app.ready(() => {
  if (app.getEnvironment() === 'web') startWorkingOffAftermath()
})
app.terminating(stopWorkingOffAftermath)
