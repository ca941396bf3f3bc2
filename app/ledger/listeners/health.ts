import { addHealthSource } from '#core/health'
import { ledgerProblem } from '#ledger/queries/checkpoints'
import { businessNow } from '#core/clock/business_clock'
import { hasMissedItsDay } from '#ledger/domain/timestamp_is_due'
import { timestampProblem } from '#ledger/queries/timestamps'

addHealthSource(async () => {
  const standing = await ledgerProblem()
  return standing ? [{ ...standing.problem, since: standing.since.toISOString() }] : []
})

addHealthSource(async () => {
  const failed = await timestampProblem()
  if (!failed) return []
  const { problem, tries, dueAt } = failed
  const minor = !hasMissedItsDay(dueAt, businessNow())
  return [{ code: 'ledger_timestamp_failed', minor, problem, tries, dueAt: dueAt.toISOString() }]
})
