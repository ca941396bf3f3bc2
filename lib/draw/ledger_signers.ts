import { utf8 } from '../bytes.ts'
import { KEY_TYPE, type VerifierKey } from '../tlog/keys.ts'
import { openCheckpoint } from '../tlog/open_checkpoint.ts'
import { parseProof } from '../tlog/proof.ts'
import { originOf, type LedgerPlace } from './ledger_place.ts'

export function logKeysOf(keys: readonly VerifierKey[], origin: string | null): VerifierKey[] {
  return keys.filter(({ type, name }) => type === KEY_TYPE.ed25519 && name === origin)
}

export function cosignersOf(keys: readonly VerifierKey[]): VerifierKey[] {
  return keys.filter(({ type }) => type === KEY_TYPE.cosignature)
}

/**
 * Why a place's checkpoint is not what it should be, judged by the keys that are known: the ledger's own must have
 * signed it, and where there is a witness, one of the cosigners. Null too where no key is known to judge by;
 * that nobody knows the signer is said apart.
 */
export function checkpointFault(
  place: LedgerPlace,
  keys: readonly VerifierKey[],
  { witnessed }: { witnessed: boolean }
): string | null {
  const logs = logKeysOf(keys, originOf(place))
  if (logs.length === 0) return null
  const cosigners = witnessed ? cosignersOf(keys) : []
  const opened = opening(place, [...logs, ...cosigners])
  if (!opened.ok) return opened.error.code
  return cosigners.length > 0 && opened.value.cosigned.length === 0 ? 'checkpoint_not_cosigned' : null
}

/** When a witness among `keys` cosigned the place's checkpoint, the earliest, in seconds since 1970; null for none. */
export function cosignedAt(place: Pick<LedgerPlace, 'proof'>, keys: readonly VerifierKey[]): number | null {
  const opened = opening(place, keys)
  const times = opened.ok ? opened.value.cosigned.map(({ timestamp }) => timestamp) : []
  return times.length > 0 ? Math.min(...times) : null
}

function opening({ proof: text }: Pick<LedgerPlace, 'proof'>, keys: readonly VerifierKey[]) {
  const proof = parseProof(utf8(text))
  return proof.ok ? openCheckpoint(utf8(proof.value.checkpoint), keys) : proof
}
