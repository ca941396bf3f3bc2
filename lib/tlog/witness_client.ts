/** Asks a witness to cosign (C2SP tlog-witness, add-checkpoint). */
import { utf8 } from '../bytes.ts'
import { fail, ok, type Result } from '../result.ts'
import { parseSize } from './checkpoint.ts'
import type { VerifierKey } from './keys.ts'
import { isSameKey } from './keys.ts'
import { parseNote, parseSignatureLine, type NoteSignature } from './note.ts'
import { verifyLine } from './open_note.ts'
import { ADD_CHECKPOINT_PATH, formatAddCheckpoint, type AddCheckpoint } from './witness_request.ts'

export type WitnessRefusal =
  | { code: 'witness_unreachable'; reason: string }
  /** The witness has cosigned another size: prove from that one. */
  | { code: 'witness_at_size'; size: number }
  /** The checkpoint does not extend what the witness has seen. */
  | { code: 'witness_inconsistent' }
  /** It does not know this log (404), its key (403), or does not understand (400). */
  | { code: 'witness_refused'; status: number }
  /** What came back is no cosignature of `key` on this checkpoint. */
  | { code: 'witness_key_unknown' }

/** The cosignature of the witness whose key is `key`. `timeoutMs` bounds the request. */
export async function askToCosign(
  options: { url: string; key: VerifierKey; timeoutMs: number },
  request: AddCheckpoint
): Promise<Result<NoteSignature, WitnessRefusal>> {
  let status: number
  let text: string
  try {
    const response = await fetch(addressOf(options.url), {
      method: 'POST',
      body: formatAddCheckpoint(request),
      signal: AbortSignal.timeout(options.timeoutMs),
    })
    status = response.status
    text = await response.text()
  } catch (error) {
    return fail({ code: 'witness_unreachable', reason: String(error) })
  }
  const size = status === 409 ? parseSize(text.trimEnd()) : undefined
  if (size !== undefined) return fail({ code: 'witness_at_size', size })
  if (status === 422) return fail({ code: 'witness_inconsistent' })
  if (status >= 500) return fail({ code: 'witness_unreachable', reason: `status ${status}` })
  if (status !== 200) return fail({ code: 'witness_refused', status })
  const note = parseNote(utf8(request.checkpoint))
  if (!note.ok) throw new RangeError('not_a_note')
  const line = cosignatureIn(text, options.key, note.value.text)
  return line ? ok(line) : fail({ code: 'witness_key_unknown' })
}

function cosignatureIn(answer: string, key: VerifierKey, text: string): NoteSignature | undefined {
  const lines = answer.split('\n').flatMap((line) => parseSignatureLine(line) ?? [])
  return lines.find((line) => isSameKey(line, key) && verifyLine(key, line, text))
}

/** The prefix may have a path of its own. */
function addressOf(prefix: string): string {
  return `${prefix.replace(/\/+$/, '')}${ADD_CHECKPOINT_PATH}`
}
