import { formatVerifierKey, type VerifierKey } from '#lib/tlog/keys'
import { ownLogKey } from '#ledger/checkpoints/own_log'
import { pinnedWitness } from '#ledger/checkpoints/witness'

/** Keys that sign this log's checkpoints: its own, and its witness's once it has answered. */
export async function ledgerVerifierKeys(): Promise<VerifierKey[]> {
  const { name, keyId, type, publicKey } = ownLogKey()
  const witness = await pinnedWitness()
  return [{ name, keyId, type, publicKey }, ...(witness ? [witness] : [])]
}

/** The same as files to lie beside a checkpoint. */
export async function ledgerKeys(): Promise<Record<string, string>> {
  const [log, witness] = (await ledgerVerifierKeys()).map((key) => `${formatVerifierKey(key)}\n`)
  return { 'server.vkey': log!, ...(witness ? { 'witness.vkey': witness } : {}) }
}
