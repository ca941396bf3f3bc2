/** The keys that this installation's verifier trusts, pinned once: `npm run verify` reads the same folder. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isHex } from '#lib/bytes'
import { isBeaconChain, isSameChain } from '#lib/draw/beacon'
import type { BeaconChain } from '#lib/drand'

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

const BEACON_FILE = /^beacon-[0-9a-f]{64}\.json$/

/**
 * A beacon that draws here are made with; those of earlier draws stay. @throws when the chain was pinned before with
 * another key, period or genesis.
 */
export function pinBeacon(varDir: string, chain: BeaconChain): void {
  const before = pinnedBeacons(varDir).find((one) => one.chain === chain.chain)
  if (before && !isSameChain(before, chain))
    throw new Error(`Beacon ${chain.chain} was pinned with other values`)
  if (before) return
  write(varDir, `beacon-${chain.chain}.json`, { party: 'beacon', chain })
}

/** Every beacon pinned here. @throws when a file is malformed. */
export function pinnedBeacons(varDir: string): BeaconChain[] {
  const directory = trustDirectory(varDir)
  if (!existsSync(directory)) return []
  return readdirSync(directory)
    .filter((name) => BEACON_FILE.test(name))
    .sort()
    .map((name) => {
      const { chain } = JSON.parse(readFileSync(join(directory, name), 'utf8')) as { chain?: unknown }
      if (!isBeaconChain(chain)) throw new Error(`${join(directory, name)} is malformed`)
      return chain
    })
}

function write(varDir: string, name: string, content: object): void {
  const directory = trustDirectory(varDir)
  mkdirSync(directory, { recursive: true })
  const path = join(directory, name)
  const temporary = `${path}.${process.pid}.part`
  writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`)
  renameSync(temporary, path)
}
