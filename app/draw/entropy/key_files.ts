/** The server's own keys of the draw, as files that their owner alone can read. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { fromHex, isHex, toHex } from '#lib/bytes'
import { newSecretKey, signingPublicKey } from '#lib/ed25519'

export interface DrawSecrets {
  /** Proves the server's random numbers. */
  readonly vrf: Uint8Array
  /** Salts of every pool come from it. */
  readonly salt: Uint8Array
  /** Signs requests to the witness. */
  readonly request: Uint8Array
}

/** The keys below `varDir/keys`, made on the first run. @throws when a file is open to others or malformed. */
export function drawSecrets(varDir: string): DrawSecrets {
  const directory = join(varDir, 'keys')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return {
    vrf: secret(directory, 'draw_vrf.key'),
    salt: secret(directory, 'draw_salt.key'),
    request: secret(directory, 'draw_request.key'),
  }
}

/** What the witness has to be told once, so that it answers this installation: hex. */
export function requestKey(varDir: string): string {
  return toHex(signingPublicKey(drawSecrets(varDir).request))
}

function secret(directory: string, name: string): Uint8Array {
  const path = join(directory, name)
  if (!existsSync(path)) create(directory, path)
  if ((statSync(path).mode & 0o077) !== 0) throw new Error(`Key file ${path} can be read by others`)
  const text = readFileSync(path, 'utf8').trim()
  if (!isHex(text, 32)) throw new Error(`Key file ${path} is malformed`)
  return fromHex(text)
}

/** Whole or not at all: of two processes that start at once, the first one's key holds for both. */
function create(directory: string, path: string): void {
  const temporary = `${path}.${process.pid}.part`
  const file = openSync(temporary, 'w', 0o600)
  writeSync(file, `${toHex(newSecretKey())}\n`)
  fsyncSync(file)
  closeSync(file)
  try {
    linkSync(temporary, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  unlinkSync(temporary)
  const folder = openSync(directory, 'r')
  fsyncSync(folder)
  closeSync(folder)
}
