import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import env from '#start/env'
import { createDurably } from '#core/files/durable_file'
import { formatVerifierKey, KEY_TYPE, parseVerifierKey, type VerifierKey } from '#lib/tlog/keys'

const TIMEOUT_MS = 4000
const FILE = 'witness.vkey'

/**
 * The witness's cosigning key as pinned: by configuration, else on its first answer, and from then on no other.
 * Null where there is no witness, or none has answered yet. @throws when what was pinned is malformed.
 */
export async function pinnedWitness(): Promise<VerifierKey | null> {
  const known = knownWitness()
  if (known) return known
  const announced = await announcedKey()
  if (announced) pin(FILE, formatVerifierKey(announced))
  return announced
}

/** As `pinnedWitness`, without asking anybody. */
export function knownWitness(): VerifierKey | null {
  const given = env.get('WITNESS_VKEY')
  if (given) return verifierKey(given)
  const path = join(trustFolder(), FILE)
  return existsSync(path) ? verifierKey(readFileSync(path, 'utf8').trimEnd()) : null
}

export function witnessUrl(): string | undefined {
  return env.get('WITNESS_URL')
}

/** Keeps the log's own key where this installation's verifier looks for it. */
export function pinLogKey(key: VerifierKey): void {
  pin('server.vkey', formatVerifierKey(key))
}

function trustFolder(): string {
  return join(env.get('VAR_DIR'), 'trust')
}

function pin(name: string, vkey: string): void {
  mkdirSync(trustFolder(), { recursive: true })
  createDurably(join(trustFolder(), name), `${vkey}\n`)
}

async function announcedKey(): Promise<VerifierKey | null> {
  const url = witnessUrl()
  if (!url) return null
  const answer = await fetch(new URL('/key', url), { signal: AbortSignal.timeout(TIMEOUT_MS) })
    .then((response) => response.json() as Promise<{ value?: { cosignerKey?: unknown } }>)
    // A witness that does not answer is asked again with the next checkpoint.
    .catch(() => null)
  const vkey = answer?.value?.cosignerKey
  return typeof vkey === 'string' ? verifierKey(vkey) : null
}

function verifierKey(text: string): VerifierKey {
  const key = parseVerifierKey(text)
  if (!key.ok || key.value.type !== KEY_TYPE.cosignature)
    throw new Error(`Not a key of a witness (cosignature/v1): ${text}`)
  return key.value
}
