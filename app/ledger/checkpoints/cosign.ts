import type { VerifierKey } from '#lib/tlog/keys'
import { signatureLine } from '#lib/tlog/note'
import { askToCosign, type WitnessRefusal } from '#lib/tlog/witness_client'
import { fail, ok, type Result } from '#lib/result'
import type { LedgerProblem } from '#ledger/domain/ledger_problem'
import { ledgerHead } from '#ledger/queries/ledger_head'
import { storedTree } from '#ledger/queries/stored_tree'

const TIMEOUT_MS = 4000
/** The witness's size moves while draws ask it; each try proves from where it stands. */
const TRIES = 4

export type CosignFailure = WitnessRefusal | LedgerProblem

/**
 * The checkpoint with the witness's line below the log's own. `from`: the size the witness is thought to have
 * cosigned last. A witness that has seen more of the log than the database holds, or another log, is a problem of
 * the log; every other failure is one of the moment.
 */
export async function cosigned(
  witness: { url: string; key: VerifierKey },
  checkpoint: { size: number; note: string },
  from: number
): Promise<Result<string, CosignFailure>> {
  const { size, note } = checkpoint
  let old = from
  for (let tries = 1; ; tries++) {
    const proof = await storedTree(size).consistency(old)
    const answer = await askToCosign({ ...witness, timeoutMs: TIMEOUT_MS }, { old, proof, checkpoint: note })
    if (answer.ok) return ok(`${note}${signatureLine(answer.value)}`)
    if (answer.error.code === 'witness_inconsistent') return fail({ code: 'witness_saw_another_log', size })
    if (answer.error.code !== 'witness_at_size' || tries === TRIES) return answer
    old = answer.error.size
    if (old > size) return fail(await seenMore(old, answer.error))
  }
}

/** A draw may have shown the witness entries that came after this checkpoint: the next one covers them. */
async function seenMore(seen: number, refusal: WitnessRefusal): Promise<CosignFailure> {
  const { size: stored } = await ledgerHead()
  return stored >= seen ? refusal : { code: 'witness_ahead', size: stored, seen }
}
