/** Signed notes (C2SP signed-note): a text, a blank line, and a line for each signature. */
import { concat, EncodingError, fromBase64, fromHex, isHex, toBase64, toHex, utf8 } from '../bytes.ts'
import { ok, type Result } from '../result.ts'

/** `keyId` is 8 hex digits; `signature` is what follows the key id in the line. */
export type NoteSignature = {
  readonly name: string
  readonly keyId: string
  readonly signature: Uint8Array
}

/** `text` ends in a newline and does not include the blank line. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] }

export type NoteMalformed = { code: 'note_malformed' }

const MAX_BYTES = 1_000_000
const MAX_SIGNATURES = 100
const MALFORMED = { ok: false, error: { code: 'note_malformed' } } as const
const KEY_NAME = /^[^+\p{White_Space}]+$/u
// No ASCII control character but the newline.
const FORBIDDEN = /[\0-\x09\x0b-\x1f]/

export function isKeyName(name: string): boolean {
  return name.isWellFormed() && !FORBIDDEN.test(name) && KEY_NAME.test(name)
}

/** Reads a note strictly; whether anybody trusted signed it is for `openNote` to say. */
export function parseNote(bytes: Uint8Array): Result<Note, NoteMalformed> {
  const whole = bytes.length <= MAX_BYTES ? decodeUtf8(bytes) : undefined
  if (whole === undefined || FORBIDDEN.test(whole) || !whole.endsWith('\n')) return MALFORMED
  const blank = whole.lastIndexOf('\n\n')
  if (blank < 0) return MALFORMED
  const text = whole.slice(0, blank + 1)
  const lines = whole.slice(blank + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) return MALFORMED
  const signatures: NoteSignature[] = []
  for (const line of lines) {
    const signature = parseSignatureLine(line)
    if (!signature) return MALFORMED
    signatures.push(signature)
  }
  return ok({ text, signatures })
}

/** One signature without its newline: `— name base64(key id ‖ signature)`. */
export function parseSignatureLine(line: string): NoteSignature | undefined {
  const [dash, name = '', encoded = '', ...rest] = line.split(' ')
  if (dash !== '—' || rest.length > 0 || !isKeyName(name)) return undefined
  const bytes = decodeBase64(encoded)
  if (!bytes || bytes.length < 5) return undefined
  return { name, keyId: toHex(bytes.slice(0, 4)), signature: bytes.slice(4) }
}

export function signatureLine({ name, keyId, signature }: NoteSignature): string {
  if (!isKeyName(name) || !isHex(keyId, 4)) throw new EncodingError('not_a_signature')
  return `— ${name} ${toBase64(concat(fromHex(keyId), signature))}\n`
}

/** The note as it is served. @throws EncodingError for a text that no note can hold. */
export function formatNote({ text, signatures }: Note): string {
  const whole = `${text}\n${signatures.map(signatureLine).join('')}`
  if (signatures.length === 0 || !parseNote(utf8(whole)).ok) throw new EncodingError('not_a_note')
  return whole
}

/** UTF-8 without repair: undefined for anything malformed. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

export function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return fromBase64(text)
  } catch (error) {
    if (error instanceof EncodingError) return undefined
    throw error
  }
}
