/** The keys that this installation's verifier trusts, pinned once: `npm run verify` reads the same folder. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isHex } from '#lib/bytes'

export interface WitnessPin {
  readonly vrfKey: string
  readonly signingKey: string
}

export function trustDirectory(varDir: string): string {
  return join(varDir, 'trust')
}

/** The witness's public keys as pinned, or null before its first answer. @throws when the file is malformed. */
export function pinnedWitness(varDir: string): WitnessPin | null {
  const path = join(trustDirectory(varDir), 'witness.json')
  if (!existsSync(path)) return null
  const pin = JSON.parse(readFileSync(path, 'utf8')) as Partial<WitnessPin>
  if (!isHex(pin.vrfKey, 32) || !isHex(pin.signingKey, 32)) throw new Error(`${path} is malformed`)
  return { vrfKey: pin.vrfKey, signingKey: pin.signingKey }
}

/** Trust on first use, and never again: a witness that comes with another key is refused from then on. */
export function pinWitness(varDir: string, pin: WitnessPin): void {
  write(varDir, 'witness.json', { party: 'witness', vrfKey: pin.vrfKey, signingKey: pin.signingKey })
}

export function publishServerKey(varDir: string, vrfKey: string): void {
  write(varDir, 'server.json', { party: 'server', vrfKey })
}

function write(varDir: string, name: string, content: object): void {
  const directory = trustDirectory(varDir)
  mkdirSync(directory, { recursive: true })
  const path = join(directory, name)
  const temporary = `${path}.${process.pid}.part`
  writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`)
  renameSync(temporary, path)
}
