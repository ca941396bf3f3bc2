import type { Claim } from '#lib/draw/witness_client'
import { claimOf, furtherEntry } from '#draw/entropy/ledger_claim'

/** Level L3: the entry that is claimed, and in the same tree the one that says which round is awaited. */
export function timedClaim(index: number, awaited: number): Claim {
  return async (size) => {
    const claim = await claimOf(index, size)
    return { ...claim, awaited: await furtherEntry(awaited, claim.size) }
  }
}
