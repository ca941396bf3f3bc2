import { addHealthSource } from '#core/health'
import { ledgerProblem } from '#ledger/queries/checkpoints'
import { timestampProblem } from '#ledger/queries/timestamps'

addHealthSource(async () => {
  const standing = await ledgerProblem()
  return standing ? [{ ...standing.problem, since: standing.since.toISOString() }] : []
})

addHealthSource(async () => {
  const failed = await timestampProblem()
  if (!failed) return []
  const { problem, tries, dueAt } = failed
  return [{ code: 'ledger_timestamp_failed', problem, tries, dueAt: dueAt.toISOString() }]
})
