import type { Actor } from '#core/actor'
import { regulation } from '#core/jurisdiction'
import type { EntriesFile } from '#lib/draw/fairness/entries_file'
import { record } from '#ledger/public'
import { entriesOfYear } from '#supervision/fairness/entries_of_year'

/**
 * Rules DRAW-9, SUP-5. All opened entries of a year's draws in one file. They tell why experts declined, so that
 * somebody took them goes on record.
 */
export async function exportYear(actor: Actor, year: number): Promise<EntriesFile> {
  const { utc_offset_minutes: offset } = await regulation()
  const { file } = await entriesOfYear(year, offset, 'all')
  await record(actor, async (unit) => {
    const payload = { year, size: file.head.size, root: file.head.root, entries: file.entries.length }
    unit.entry({ stream: 'supervision', type: 'fairness.exported', payload })
  })
  return file
}
