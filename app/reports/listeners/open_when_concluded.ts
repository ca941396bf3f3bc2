import { SYSTEM_ACTOR } from '#core/actor'
import { record } from '#ledger/public'
import { onReviewMoved } from '#reviews/public'
import { openReport } from '#reports/actions/open_report'
import { reportSources } from '#reports/sources'

onReviewMoved(async ({ review, event }) => {
  if (event !== 'conclude') return
  const meeting = await reportSources().meeting(review.id)
  if (meeting) await record(SYSTEM_ACTOR, (unit) => openReport(unit, review.id, meeting))
})
