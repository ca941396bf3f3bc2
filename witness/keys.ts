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
import { isValidSigningKey, newSecretKey } from '../lib/ed25519.ts'
import { syncDirectory } from './store.ts'

export type SecretKeys = { readonly vrf: Uint8Array; readonly signing: Uint8Array }

/** Something the operator must put right before the witness can run; `message` says what, in a word. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError'
}

/** The witness's own keys in `directory`, made on the first run, readable by its owner alone. */
export function secretKeys(directory: string): SecretKeys {
  return { vrf: secretKey(directory, 'vrf.key'), signing: secretKey(directory, 'signing.key') }
}

/** Public keys of applications that may ask. */
export function applicationKeys(directory: string): Uint8Array[] {
  const path = join(directory, 'app_keys')
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8').split('\n').filter(Boolean).map(publicKey)
}

/** Lets an application ask from now on. `key` is hex, or the path of a file that holds it. */
export function registerApplication(directory: string, key: string): void {
  const text = isHex(key, 32) ? key : readFileSync(key, 'utf8').trim()
  publicKey(text)
  if (applicationKeys(directory).some((known) => toHex(known) === text)) return
  writeDurably(directory, 'app_keys', 'a', `${text}\n`)
}

function publicKey(text: string): Uint8Array {
  if (!isHex(text, 32) || !isValidSigningKey(fromHex(text))) throw new OperatorError('app_key_invalid')
  return fromHex(text)
}

function secretKey(directory: string, name: string): Uint8Array {
  const path = join(directory, name)
  if (!existsSync(path)) {
    // Written aside first: a crash must not leave half a key under the key's name.
    writeDurably(directory, `${name}.new`, 'w', `${toHex(newSecretKey())}\n`)
    renameSync(`${path}.new`, path)
    syncDirectory(directory)
  }
  if ((statSync(path).mode & 0o077) !== 0) throw new OperatorError(`key_file_open_to_others: ${name}`)
  const text = readFileSync(path, 'utf8').trim()
  if (!isHex(text, 32)) throw new OperatorError(`key_file_malformed: ${name}`)
  return fromHex(text)
}

function writeDurably(directory: string, name: string, flag: 'a' | 'w', text: string): void {
  const file = openSync(join(directory, name), flag, 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
  syncDirectory(directory)
}
