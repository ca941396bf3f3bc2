import type { Actor } from '#core/actor'
import { Refusal } from '#core/exceptions/refusal'
import { regulation } from '#core/jurisdiction'
import type { SignedYear } from '#lib/draw/fairness/signed_year'
import { anchorOf, latestCosigned, ledgerHead, record } from '#ledger/public'
import { signedEntriesOfYear } from '#supervision/fairness/entries_of_year'

/**
 * Rules DRAW-9, SUP-5. All opened entries of a year's draws in one file, under the checkpoint that the witness cosigned
 * last. They tell why experts declined, so that somebody took them goes on record. @throws Refusal before the first
 * cosignature.
 */
export async function exportYear(actor: Actor, year: number): Promise<SignedYear> {
  const { utc_offset_minutes: offset } = await regulation()
  // What was just written is cosigned now, where the witness can be had.
  await anchorOf((await ledgerHead()).size - 1)
  const checkpoint = await latestCosigned()
  if (!checkpoint) throw new Refusal(503, 'E_LEDGER_NOT_COSIGNED')
  const file = await signedEntriesOfYear(year, offset, checkpoint)
  await record(actor, async (unit) => {
    const payload = { year, size: checkpoint.size, root: checkpoint.root, entries: file.entries.length }
    unit.entry({ stream: 'supervision', type: 'fairness.exported', payload })
  })
  return file
}
