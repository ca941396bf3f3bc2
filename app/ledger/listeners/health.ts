import { addHealthSource } from '#core/health'
import { ledgerProblem } from '#ledger/queries/checkpoints'

addHealthSource(async () => {
  const standing = await ledgerProblem()
  return standing ? [{ ...standing.problem, since: standing.since.toISOString() }] : []
})
