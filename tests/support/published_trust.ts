import type { DrawTrust } from '#lib/draw/verify_evidence'
import type { BeaconChain } from '#lib/drand'
import { parseVerifierKey } from '#lib/tlog/keys'

export interface PublishedKeys {
  serverVrfKeys: string[]
  witnessVrfKeys: string[]
  ledgerKeys: string[]
  beacons: BeaconChain[]
}

/** Keys as `/api/public/draw-keys` gives them: for tests that trust the installation they started. */
export function publishedTrust(keys: PublishedKeys): DrawTrust {
  return {
    ...keys,
    ledgerKeys: keys.ledgerKeys.map(parseVerifierKey).flatMap((key) => (key.ok ? [key.value] : [])),
  }
}
