import type { Claim } from '#lib/draw/witness_client'
import { furtherEntry } from '#draw/entropy/ledger_claim'
import type { DrawRow } from '#draw/models/draw'
import { roundBeforeEntry } from '#draw/queries/rounds'

/** A draw's claim, in a round above the first with the entry that the one before failed. */
export function withRoundBefore(draw: DrawRow, claim: Claim): Claim {
  return async (size) => {
    const before = await roundBeforeEntry(draw)
    const claimed = await claim(size)
    return before === null ? claimed : { ...claimed, roundBefore: await furtherEntry(before, claimed.size) }
  }
}
