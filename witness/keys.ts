import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { fromHex, isHex, toHex } from '../lib/bytes.ts'
import { isValidSigningKey, newSecretKey, signingPublicKey } from '../lib/ed25519.ts'
import {
  formatSignerKey,
  KEY_TYPE,
  parseSignerKey,
  parseVerifierKey,
  signerKey,
  type SignerKey,
  type VerifierKey,
} from '../lib/tlog/keys.ts'
import { syncDirectory } from './store.ts'

export type SecretKeys = {
  readonly vrf: Uint8Array
  readonly signing: Uint8Array
  readonly cosigner: SignerKey
}

/** Something the operator must put right before the witness can run; `message` says what, in a word. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError'
}

/**
 * The witness's own keys in `directory`, made on the first run, readable by its owner alone. `name` is what the
 * witness calls itself in its cosignatures, for ever.
 */
export function secretKeys(directory: string, name?: string): SecretKeys {
  return {
    vrf: secretKey(directory, 'vrf.key'),
    signing: secretKey(directory, 'signing.key'),
    cosigner: cosignerKey(directory, name),
  }
}

/** Keys of the ledger that is cosigned. */
export function logKeys(directory: string): VerifierKey[] {
  const path = join(directory, 'logs')
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8').split('\n').filter(Boolean).map(logKey)
}

/** Cosigns for a log from now on, by its verifier key; a second key must be the same log's. */
export function registerLog(directory: string, text: string): void {
  const { name, keyId } = logKey(text)
  const known = logKeys(directory)
  if (known.some((other) => other.name !== name)) {
    throw new OperatorError(`another_log: this folder is of ${known[0]!.name}; take a new --dir for ${name}`)
  }
  if (known.some((other) => other.keyId === keyId)) return
  writeDurably(directory, 'logs', 'a', `${text}\n`)
}

function logKey(text: string): VerifierKey {
  const key = parseVerifierKey(text)
  if (!key.ok || key.value.type !== KEY_TYPE.ed25519) {
    throw new OperatorError(`log_key_invalid: the file logs has a line that is no verifier key: ${text}`)
  }
  return key.value
}

function cosignerKey(directory: string, name?: string): SignerKey {
  const text = keptText(directory, 'cosigner.key', () => {
    const secret = newSecretKey()
    const own = name ?? `${toHex(signingPublicKey(secret).slice(0, 8))}.lunzheng.invalid/witness`
    return formatSignerKey(signerKey(own, KEY_TYPE.cosignature, secret))
  })
  const key = parseSignerKey(text)
  if (!key.ok || key.value.type !== KEY_TYPE.cosignature)
    throw new OperatorError('key_file_malformed: cosigner.key is not what this program wrote')
  if (name !== undefined && name !== key.value.name) {
    throw new OperatorError(`name_is_fixed: this witness is ${key.value.name} for ever; leave --name out`)
  }
  return key.value
}

/** Public keys of applications that may ask. */
export function applicationKeys(directory: string): Uint8Array[] {
  const path = join(directory, 'app_keys')
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8').split('\n').filter(Boolean).map(publicKey)
}

/** Lets an application ask from now on, by its public key in hex. */
export function registerApplication(directory: string, text: string): void {
  if (applicationKeys(directory).some((known) => toHex(known) === text)) return
  writeDurably(directory, 'app_keys', 'a', `${text}\n`)
}

function publicKey(text: string): Uint8Array {
  if (!isHex(text, 32) || !isValidSigningKey(fromHex(text))) {
    throw new OperatorError(`app_key_invalid: the file app_keys has a line that is no key: ${text}`)
  }
  return fromHex(text)
}

function secretKey(directory: string, name: string): Uint8Array {
  const text = keptText(directory, name, () => toHex(newSecretKey()))
  if (!isHex(text, 32)) {
    throw new OperatorError(`key_file_malformed: ${name} is not what this program wrote`)
  }
  return fromHex(text)
}

/** What a key file holds, made once by `create`. */
function keptText(directory: string, name: string, create: () => string): string {
  const path = join(directory, name)
  if (!existsSync(path)) {
    // Written aside first: a crash must not leave half a key under the key's name.
    writeDurably(directory, `${name}.new`, 'w', `${create()}\n`)
    renameSync(`${path}.new`, path)
    syncDirectory(directory)
  }
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new OperatorError(`key_file_open_to_others: ${name} can be read by others; chmod 600`)
  }
  return readFileSync(path, 'utf8').trim()
}

function writeDurably(directory: string, name: string, flag: 'a' | 'w', text: string): void {
  const file = openSync(join(directory, name), flag, 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
  syncDirectory(directory)
}
