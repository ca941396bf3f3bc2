import type { Claim } from '#lib/draw/witness_client'
import { ledgerEntry, proveInclusion } from '#ledger/public'
import { claimOf } from '#draw/entropy/ledger_claim'

/** Level L3: the entry that is claimed, and in the same tree the one that says which round is awaited. */
export function timedClaim(index: number, awaited: number): Claim {
  return async (from) => {
    const claim = await claimOf(index, from)
    const entry = await ledgerEntry(awaited)
    if (!entry?.salt || !entry.payload) throw new Error(`Ledger entry ${awaited} can't be opened`)
    const { leaf, salt, payload } = entry
    const inclusion = await proveInclusion(awaited, claim.size)
    return { ...claim, awaited: { index: awaited, inclusion, leaf, salt, payload: JSON.parse(payload) } }
  }
}
