import { addTodoSource } from '#core/home/todo_sources'
import { nextVerification } from '#ledger/queries/verifications'
import { ledgerHead } from '#ledger/queries/ledger_head'

/** Rule ORG-4: audit has the log compared with the tables. */
addTodoSource(async (actor) => {
  if (actor.kind !== 'auditor') return []
  const { done } = await nextVerification()
  if (done) return []
  const { size } = await ledgerHead()
  return [{ id: 'ledger/verify', kind: 'ledger.verify', params: { size }, href: '/ledger', dueAt: null }]
})
