import { toHex } from '#lib/bytes'
import { rootOf } from '#lib/merkle'
import { HeadUnreadable } from '#ledger/checkpoints/head_store'
import { ownHeadStore } from '#ledger/checkpoints/own_log'
import { forbidsAppending, refuseAppending } from '#ledger/checkpoints/refuse_appending'
import { headProblem } from '#ledger/domain/ledger_problem'
import { ledgerHead } from '#ledger/queries/ledger_head'

/** Before anybody is served: whether the database is behind the head kept apart from it. */
export async function refuseBehindHead(): Promise<void> {
  const { size, root } = await ledgerHead()
  try {
    const { frontier } = ownHeadStore().latest()
    const signed = { size: frontier.size, root: toHex(rootOf(frontier)) }
    const problem = headProblem(signed, null, { size, root })
    if (problem && forbidsAppending(problem)) await refuseAppending(problem)
  } catch (error) {
    // The checkpointer tells of it; what it means, only a person can find out.
    if (!(error instanceof HeadUnreadable)) throw error
  }
}
