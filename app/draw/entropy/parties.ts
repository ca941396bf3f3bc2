import env from '#start/env'
import { toHex } from '#lib/bytes'
import { saltKeyCommitment } from '#lib/draw/salts'
import { witnessClient, type WitnessClient } from '#lib/draw/witness_client'
import { vrfPublicKey } from '#lib/vrf'
import { drawSecrets, type DrawSecrets } from '#draw/entropy/key_files'

const TIMEOUT_MS = 4000

let known: DrawSecrets | null = null

export function secrets(): DrawSecrets {
  known ??= drawSecrets(env.get('VAR_DIR'))
  return known
}

/** The server's side as the world may know it. */
export function serverParty(): { vrfKey: string; saltKeyCommitment: string } {
  const { vrf, salt } = secrets()
  return { vrfKey: toHex(vrfPublicKey(vrf)), saltKeyCommitment: saltKeyCommitment(salt) }
}

/** The authority's witness, or null where the installation names none: draws then wait. */
export function witness(): WitnessClient | null {
  const url = env.get('WITNESS_URL')
  return url ? witnessClient({ url, secretKey: secrets().request, timeoutMs: TIMEOUT_MS }) : null
}
