import { concat, u64be, utf8 } from '../bytes.ts'
import { sign } from '../ed25519.ts'
import { KEY_TYPE, type SignerKey } from './keys.ts'
import type { NoteSignature } from './note.ts'

/** A log's own signature: Ed25519 over the text. The same text always gives the same signature. */
export function signNote(key: SignerKey, text: string): NoteSignature {
  if (key.type !== KEY_TYPE.ed25519) throw new RangeError('key_type')
  return { name: key.name, keyId: key.keyId, signature: sign(key.secretKey, utf8(text)) }
}

/** A witness's cosignature (C2SP tlog-cosignature); `timestamp` in whole seconds since 1970, above 0. */
export function cosignNote(key: SignerKey, text: string, timestamp: number): NoteSignature {
  if (key.type !== KEY_TYPE.cosignature || !(timestamp > 0)) throw new RangeError('key_type')
  const signature = sign(key.secretKey, cosignedMessage(text, timestamp))
  return { name: key.name, keyId: key.keyId, signature: concat(u64be(timestamp), signature) }
}

/** The bytes that a cosignature signs: nobody's plain signature of a note can be taken for one. */
export function cosignedMessage(text: string, timestamp: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${timestamp}\n${text}`)
}
