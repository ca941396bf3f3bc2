import { formatVerifierKey } from '#lib/tlog/keys'
import { ownLogKey } from '#ledger/checkpoints/own_log'
import { pinnedWitness } from '#ledger/checkpoints/witness'

/** Public keys of this log and of its witness, as files to lie beside a checkpoint. */
export async function ledgerKeys(): Promise<Record<string, string>> {
  const witness = await pinnedWitness()
  return {
    'server.vkey': `${formatVerifierKey(ownLogKey())}\n`,
    ...(witness ? { 'witness.vkey': `${formatVerifierKey(witness)}\n` } : {}),
  }
}
