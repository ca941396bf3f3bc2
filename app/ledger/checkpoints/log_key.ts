/** The key that signs this log's checkpoints, and the name under which the log is known for ever. */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { createDurably } from '#core/files/durable_file'
import { toHex } from '#lib/bytes'
import { newSecretKey, signingPublicKey } from '#lib/ed25519'
import {
  formatSignerKey,
  formatVerifierKey,
  KEY_TYPE,
  parseSignerKey,
  signerKey,
  type SignerKey,
} from '#lib/tlog/keys'

/**
 * The key below `varDir/keys`, made on the first run. Its name is `origin` if given, else follows from the public
 * address; later changes of either change nothing, since a log's origin can't. @throws when the file is open to
 * others or malformed.
 */
export function logKey(
  varDir: string,
  fresh: { origin?: string | undefined; publicUrl?: string | undefined }
): SignerKey {
  const directory = join(varDir, 'keys')
  const path = join(directory, 'ledger.key')
  if (!existsSync(path)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const secret = newSecretKey()
    const name = fresh.origin ?? originOf(fresh.publicUrl, secret)
    createDurably(path, `${formatSignerKey(signerKey(name, KEY_TYPE.ed25519, secret))}\n`)
  }
  if ((statSync(path).mode & 0o077) !== 0) throw new Error(`Key file ${path} can be read by others`)
  const key = parseSignerKey(readFileSync(path, 'utf8').trimEnd())
  if (!key.ok || key.value.type !== KEY_TYPE.ed25519) throw new Error(`Key file ${path} is malformed`)
  return key.value
}

/** What a witness has to be told once, so that it cosigns this log. */
export function logVerifierKey(
  varDir: string,
  publicUrl: string | undefined,
  origin: string | undefined
): string {
  return formatVerifierKey(logKey(varDir, { origin, publicUrl }))
}

/** The address of the log without its scheme; where that says nothing of who it is, a name that nobody else has. */
function originOf(publicUrl: string | undefined, secret: Uint8Array): string {
  const { host, hostname } = new URL(publicUrl ?? 'http://localhost')
  const nameless = hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0
  return nameless ? `${toHex(signingPublicKey(secret).slice(0, 8))}.lunzheng.invalid/log` : `${host}/log`
}
