import { bigIntFromBytes, utf8 } from '../bytes.ts'
import { verifySignature } from '../ed25519.ts'
import { fail, ok, type Result } from '../result.ts'
import { isSameKey, KEY_TYPE, type VerifierKey } from './keys.ts'
import { parseNote, type NoteMalformed, type NoteSignature } from './note.ts'
import { cosignedMessage } from './sign_note.ts'

/** `timestamp`: when a witness cosigned, in seconds since 1970; null for a log's own signature. */
export type Signed = { readonly key: VerifierKey; readonly timestamp: number | null }

export type OpenedNote = { readonly text: string; readonly signedBy: readonly Signed[] }

export type OpenNoteError =
  | NoteMalformed
  /** A known key's line is there, and is no signature of it. */
  | { code: 'note_signature_invalid'; name: string }
  | { code: 'note_not_signed' }

/**
 * The text of a note, with who among `keys` signed it. Lines of other keys are ignored, as the format demands;
 * one bad line of a known key spoils the note. At least one known key must have signed.
 */
export function openNote(bytes: Uint8Array, keys: readonly VerifierKey[]): Result<OpenedNote, OpenNoteError> {
  const note = parseNote(bytes)
  if (!note.ok) return note
  const { text, signatures } = note.value
  const signedBy: Signed[] = []
  for (const line of signatures) {
    const key = keys.find((known) => isSameKey(known, line))
    if (!key || signedBy.some((signed) => isSameKey(signed.key, key))) continue
    const signed = verifyLine(key, line, text)
    if (!signed) return fail({ code: 'note_signature_invalid', name: key.name })
    signedBy.push(signed)
  }
  return signedBy.length === 0 ? fail({ code: 'note_not_signed' }) : ok({ text, signedBy })
}

export function verifyLine(key: VerifierKey, { signature }: NoteSignature, text: string): Signed | undefined {
  if (key.type === KEY_TYPE.ed25519) {
    return verifySignature(key.publicKey, utf8(text), signature) ? { key, timestamp: null } : undefined
  }
  if (signature.length !== 72) return undefined
  const timestamp = Number(bigIntFromBytes(signature.slice(0, 8)))
  if (!Number.isSafeInteger(timestamp) || timestamp === 0) return undefined
  const message = cosignedMessage(text, timestamp)
  return verifySignature(key.publicKey, message, signature.slice(8)) ? { key, timestamp } : undefined
}
