import { sha256, toHex, utf8 } from '#lib/bytes'
import type { VerifierKey } from '#lib/tlog/keys'
import { openCheckpoint } from '#lib/tlog/open_checkpoint'
import { pinnedWitness, witnessUrl } from '#ledger/checkpoints/witness'

const TIMEOUT_MS = 4000

/** What the witness cosigned last of this log, by its pinned key; null when nobody answers, or it has seen none. */
export async function witnessSeen(log: VerifierKey): Promise<{ size: number; root: string } | null> {
  const url = witnessUrl()
  const key = url ? await pinnedWitness() : null
  if (!url || !key) return null
  const address = `${url.replace(/\/+$/, '')}/${toHex(sha256(utf8(log.name)))}/checkpoint`
  const answer = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => null)
  if (!answer?.ok) return null
  const opened = openCheckpoint(utf8(await answer.text()), [log, key])
  if (!opened.ok || opened.value.cosigned.length === 0) return null
  return { size: opened.value.size, root: toHex(opened.value.root) }
}
