import { sha256, toHex, utf8 } from '#lib/bytes'
import { followLog, type FollowFault } from '#lib/ledger/follow_log'
import { RemoteLog, type RemoteCheckpoint } from '#lib/ledger/remote_log'
import type { VerifierKey } from '#lib/tlog/keys'
import { openCheckpoint, type SignedCheckpoint } from '#lib/tlog/open_checkpoint'
import { fetchFile, httpFiles } from '#bin/monitor/http'
import { keepEvidence, readState, writeState } from '#bin/monitor/state_file'

export type WitnessFault =
  /** The witness has cosigned more than the log shows, or another tree: visitors are shown different logs. */
  { code: 'witness_saw_more'; size: number; seen: number } | { code: 'witness_saw_another_log'; seen: number }

export type Outcome =
  | { ok: true; origin: string; size: number; from: number; root: string; cosignedAt: string[] }
  | { ok: false; fault: FollowFault | WitnessFault; evidence: string }

/** One round of the monitor; what was seen is remembered only if all is well. */
export async function monitorRound(options: {
  url: string
  stateFile: string
  keys: readonly VerifierKey[]
  witnessUrl: string | null
}): Promise<Outcome> {
  const { stateFile, keys } = options
  const before = readState(stateFile)
  const log = new RemoteLog(httpFiles(options.url))
  // Before the log, which may grow meanwhile.
  const seen = options.witnessUrl ? await latestOf(options.witnessUrl, keys) : null
  const round = await followLog(log, keys, before)
  if (!round.ok) {
    const { fault, note } = round.error
    return { ok: false, fault, evidence: keepEvidence(stateFile, note) }
  }
  const { followed, from, checkpoint } = round.value
  const fault = seen ? await witnessFault(log, checkpoint, seen) : null
  if (fault) return { ok: false, fault, evidence: keepEvidence(stateFile, seen!.note) }
  writeState(stateFile, followed)
  const cosignedAt = checkpoint.cosigned.map(({ timestamp }) => new Date(timestamp * 1000).toISOString())
  const { origin, size, root } = checkpoint
  return { ok: true, origin, size, from, root: toHex(root), cosignedAt }
}

type Seen = SignedCheckpoint & { note: string }

/** The checkpoint that the witness cosigned last, of the logs whose keys are known; null before the first. */
async function latestOf(witnessUrl: string, keys: readonly VerifierKey[]): Promise<Seen | null> {
  for (const { name } of keys) {
    const address = `${witnessUrl.replace(/\/+$/, '')}/${toHex(sha256(utf8(name)))}/checkpoint`
    const bytes = await fetchFile(address)
    const opened = bytes ? openCheckpoint(bytes, keys) : null
    if (opened?.ok) return { ...opened.value, note: new TextDecoder().decode(bytes!) }
  }
  return null
}

async function witnessFault(log: RemoteLog, now: RemoteCheckpoint, seen: Seen): Promise<WitnessFault | null> {
  if (seen.size > now.size) return { code: 'witness_saw_more', size: now.size, seen: seen.size }
  return (await log.extends(now, seen)) ? null : { code: 'witness_saw_another_log', seen: seen.size }
}
