import { sha256, toHex, utf8 } from '#lib/bytes'
import { followLog, type FollowFault, type Round } from '#lib/ledger/follow_log'
import { keptCheckpoint, LogIncomplete, RemoteLog, type RemoteCheckpoint } from '#lib/ledger/remote_log'
import type { VerifierKey } from '#lib/tlog/keys'
import { openCheckpoint, type SignedCheckpoint } from '#lib/tlog/open_checkpoint'
import { fetchFile, httpFiles } from '#bin/monitor/http'
import { KeptNotes } from '#bin/monitor/kept_notes'
import { keepEvidence, readState, writeState } from '#bin/monitor/state_file'

export type WitnessFault =
  /** The witness has cosigned more than the log shows, or another tree: visitors are shown different logs. */
  { code: 'witness_saw_more'; size: number; seen: number } | { code: 'witness_saw_another_log'; seen: number }

export type Outcome =
  | { ok: true; origin: string; size: number; from: number; root: string; cosignedAt: string[] }
  | { ok: false; fault: FollowFault | WitnessFault; evidence: string }

type Found = { fault: FollowFault | WitnessFault; note: string }

/** One round of the monitor; what was seen is remembered only if all is well. */
export async function monitorRound(options: {
  url: string
  stateFile: string
  keys: readonly VerifierKey[]
  witnessUrl: string | null
}): Promise<Outcome> {
  const { stateFile, keys } = options
  const before = readState(stateFile)
  const notes = new KeptNotes(stateFile)
  const log = new RemoteLog(httpFiles(options.url))
  // Before the log, which may grow meanwhile.
  const seen = options.witnessUrl ? await latestOf(options.witnessUrl, keys) : null
  if (seen) notes.keep(seen.note)
  const round = await followLog(log, keys, before, ({ note }) => notes.keep(note))
  const found = round.ok ? await laterFault(log, round.value, seen, notes, keys) : round.error
  if (found) {
    // What was withheld can still be judged when more is shown.
    if (found.fault.code !== 'log_withheld') notes.refuse(found.note)
    return { ok: false, fault: found.fault, evidence: keepEvidence(stateFile, found.note) }
  }
  const { followed, from, checkpoint } = (round as { value: Round }).value
  writeState(stateFile, followed)
  for (const note of notes.unread()) notes.drop(note)
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

/** The log is what it says it is, and yet not what the witness saw, or what it showed in a round that came to no end. */
async function laterFault(
  log: RemoteLog,
  { checkpoint }: Round,
  seen: Seen | null,
  notes: KeptNotes,
  keys: readonly VerifierKey[]
): Promise<Found | null> {
  try {
    const fault = seen ? await witnessFault(log, checkpoint, seen) : null
    if (fault) return { fault, note: seen!.note }
    for (const note of notes.unread()) {
      const shown = await shownFault(log, checkpoint, note, keys)
      if (shown) return { fault: shown, note }
    }
    return null
  } catch (error) {
    if (!(error instanceof LogIncomplete)) throw error
    return { fault: { code: 'log_withheld', path: error.path }, note: checkpoint.note }
  }
}

async function witnessFault(log: RemoteLog, now: RemoteCheckpoint, seen: Seen): Promise<WitnessFault | null> {
  if (seen.size > now.size) return { code: 'witness_saw_more', size: now.size, seen: seen.size }
  return (await log.extends(now, seen)) ? null : { code: 'witness_saw_another_log', seen: seen.size }
}

async function shownFault(
  log: RemoteLog,
  now: RemoteCheckpoint,
  note: string,
  keys: readonly VerifierKey[]
): Promise<FollowFault | null> {
  const shown = keptCheckpoint(note, keys)
  // Signed by a key that is trusted no more: no word of this log's.
  if (!shown.ok || shown.value.origin !== now.origin) return null
  const { size } = shown.value
  if (size > now.size) return { code: 'log_rolled_back', from: size, to: now.size }
  return (await log.extends(now, shown.value)) ? null : { code: 'log_forked', size }
}
