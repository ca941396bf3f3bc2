/**
 * Runs inside the application under test, before it: stands in for the meeting and the draw, whose facts it reads
 * from a file that the test wrote, and opens the reports of concluded reviews when signalled.
 */
import { readFileSync } from 'node:fs'
import { readReportsFrom, type MeetingFacts } from '#reports/sources'

type Written = Record<string, { meeting: MeetingFacts; draw: null }>

const DATES = new Set(['startedAt', 'endedAt', 'joinedAt', 'leftAt', 'at'])

function written(): Written {
  return JSON.parse(readFileSync(process.env.MEETING_FACTS!, 'utf8'), (key, value) =>
    DATES.has(key) && typeof value === 'string' ? new Date(value) : value
  )
}

readReportsFrom({
  meeting: async (reviewId) => written()[reviewId]?.meeting ?? null,
  draw: async (reviewId) => written()[reviewId]?.draw ?? null,
})

process.on('SIGUSR2', () => void openReports())

async function openReports(): Promise<void> {
  const { record } = await import('#ledger/public')
  const { openReport } = await import('#reports/public')
  const { SYSTEM_ACTOR } = await import('#core/actor')
  for (const [reviewId, { meeting }] of Object.entries(written()))
    await record(SYSTEM_ACTOR, (unit) => openReport(unit, reviewId, meeting))
}
