/** Keys of notes in the text forms that people pin: verifier keys (C2SP signed-note) and signer keys (Go's note). */
import { concat, isHex, sha256, toBase64, toHex, utf8 } from '../bytes.ts'
import { isValidSigningKey, newSecretKey, signingPublicKey } from '../ed25519.ts'
import { fail, ok, type Result } from '../result.ts'
import { decodeBase64, isKeyName } from './note.ts'

/** A log signs its checkpoints with the first, a witness with the second (C2SP tlog-cosignature). */
export const KEY_TYPE = { ed25519: 0x01, cosignature: 0x04 } as const
export type KeyType = (typeof KEY_TYPE)[keyof typeof KEY_TYPE]

export type VerifierKey = {
  readonly name: string
  /** 8 hex digits. */
  readonly keyId: string
  readonly type: KeyType
  readonly publicKey: Uint8Array
}

export type SignerKey = VerifierKey & { readonly secretKey: Uint8Array }

const SIGNER_PREFIX = 'PRIVATE+KEY+'

/** The first four bytes of SHA-256(name ‖ newline ‖ type ‖ public key), as hex. */
export function keyIdOf(name: string, type: KeyType, publicKey: Uint8Array): string {
  return toHex(sha256(utf8(`${name}\n`), Uint8Array.of(type), publicKey).slice(0, 4))
}

export function newSignerKey(name: string, type: KeyType): SignerKey {
  return signerKey(name, type, newSecretKey())
}

/** @throws RangeError for a name that no key can have. */
export function signerKey(name: string, type: KeyType, secretKey: Uint8Array): SignerKey {
  if (!isKeyName(name)) throw new RangeError('key_name')
  const publicKey = signingPublicKey(secretKey)
  return { name, type, publicKey, secretKey, keyId: keyIdOf(name, type, publicKey) }
}

/** `name+id+base64(type ‖ public key)`, without a newline. */
export function formatVerifierKey({ name, keyId, type, publicKey }: VerifierKey): string {
  return `${name}+${keyId}+${toBase64(concat(Uint8Array.of(type), publicKey))}`
}

/** Refuses unknown types, an id that is not the key's, and keys under which one signature fits many texts. */
export function parseVerifierKey(text: string): Result<VerifierKey, { code: 'key_malformed' }> {
  const parts = keyParts(text)
  if (!parts) return fail({ code: 'key_malformed' })
  const { name, keyId, type, material: publicKey } = parts
  if (!isValidSigningKey(publicKey) || keyIdOf(name, type, publicKey) !== keyId)
    return fail({ code: 'key_malformed' })
  return ok({ name, keyId, type, publicKey })
}

/** `PRIVATE+KEY+name+id+base64(type ‖ seed)`, without a newline. */
export function formatSignerKey({ name, keyId, type, secretKey }: SignerKey): string {
  return `${SIGNER_PREFIX}${name}+${keyId}+${toBase64(concat(Uint8Array.of(type), secretKey))}`
}

export function parseSignerKey(text: string): Result<SignerKey, { code: 'key_malformed' }> {
  const parts = text.startsWith(SIGNER_PREFIX) ? keyParts(text.slice(SIGNER_PREFIX.length)) : undefined
  if (!parts) return fail({ code: 'key_malformed' })
  const key = signerKey(parts.name, parts.type, parts.material)
  return key.keyId === parts.keyId ? ok(key) : fail({ code: 'key_malformed' })
}

function keyParts(text: string) {
  // Base64 has plus signs of its own, a name has none.
  const [name = '', keyId = '', ...rest] = text.split('+')
  const bytes = decodeBase64(rest.join('+'))
  if (!isKeyName(name) || !isHex(keyId, 4) || bytes?.length !== 33) return undefined
  const type = bytes[0]
  if (type !== KEY_TYPE.ed25519 && type !== KEY_TYPE.cosignature) return undefined
  return { name, keyId, type, material: bytes.slice(1) }
}

export function isSameKey(a: { name: string; keyId: string }, b: { name: string; keyId: string }): boolean {
  return a.name === b.name && a.keyId === b.keyId
}
