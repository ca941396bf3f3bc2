import { fromHex, sha256, toHex, utf8 } from '../lib/bytes.ts'
import { verifyConsistency } from '../lib/merkle.ts'
import { fail, ok, type Result } from '../lib/result.ts'
import { parseCheckpoint } from '../lib/tlog/checkpoint.ts'
import { isSameKey, type VerifierKey } from '../lib/tlog/keys.ts'
import { formatNote, parseNote } from '../lib/tlog/note.ts'
import { openNote } from '../lib/tlog/open_note.ts'
import { parseAddCheckpoint } from '../lib/tlog/witness_request.ts'
import type { Head } from './ledger_claim.ts'

/** Statuses are those of C2SP tlog-witness; 409 names the size to prove from. */
export type CheckpointRefusal =
  | { code: 'malformed' | 'old_above_size'; status: 400 }
  | { code: 'unknown_log'; status: 404 }
  | { code: 'not_signed_by_log'; status: 403 }
  | { code: 'not_the_latest'; status: 409; size: number }
  | { code: 'inconsistent'; status: 422; size: number }

export type Judged = {
  readonly origin: string
  readonly size: number
  /** Hex. */
  readonly root: string
  readonly text: string
  /** The note with the signatures of this log's known keys alone. */
  readonly note: string
}

/** Whether a checkpoint may be cosigned: signed by a log that is known, and an extension of what was seen. */
export function judgeCheckpoint(
  body: Uint8Array,
  logs: readonly VerifierKey[],
  seen: Head
): Result<Judged, CheckpointRefusal> {
  const request = parseAddCheckpoint(body)
  if (!request.ok) return fail({ code: 'malformed', status: 400 })
  const { old, proof, checkpoint: given } = request.value
  const note = parseNote(utf8(given))
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note
  if (!note.ok || !checkpoint.ok) return fail({ code: 'malformed', status: 400 })
  const { origin, size, root } = checkpoint.value
  const keys = logs.filter(({ name }) => name === origin)
  if (keys.length === 0) return fail({ code: 'unknown_log', status: 404 })
  if (!openNote(utf8(given), keys).ok) return fail({ code: 'not_signed_by_log', status: 403 })
  if (old > size) return fail({ code: 'old_above_size', status: 400 })
  if (old !== seen.size) return fail({ code: 'not_the_latest', status: 409, size: seen.size })
  const firstRoot = fromHex(seen.root)
  const extends_ =
    (size > 0 || toHex(root) === toHex(sha256())) &&
    verifyConsistency({ first: old, second: size, firstRoot, secondRoot: root, proof })
  if (!extends_) return fail({ code: 'inconsistent', status: 422, size: seen.size })
  const { text, signatures } = note.value
  const known = signatures.filter((line) => keys.some((key) => isSameKey(key, line)))
  return ok({ origin, size, root: toHex(root), text, note: formatNote({ text, signatures: known }) })
}
