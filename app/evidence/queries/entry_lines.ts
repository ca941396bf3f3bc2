import type { BundleEntry } from '#lib/bundle/format'
import { canonicalJson, type Json } from '#lib/canonical_json'
import { proveInclusion, type OpenedEntry } from '#ledger/public'
import { mayOpenEntry, type BundleReader } from '#evidence/domain/who_opens_which_entry'

/** An entry as a reader gets it, but for its path. */
export type ToldEntry = Omit<BundleEntry, 'path'>

export function toldTo(reader: BundleReader, { index, leaf, type, opening }: OpenedEntry): ToldEntry {
  if (!opening) return { index, leaf, opening: null, withheld: 'erased' }
  const open = mayOpenEntry(reader, type)
  return { index, leaf, opening: open ? opening : null, withheld: open ? null : 'reader' }
}

/** One line an entry, with its path to the tree of `size` entries. */
export async function entryLines(entries: readonly ToldEntry[], size: number): Promise<string> {
  const lines: string[] = []
  for (const entry of entries) {
    const line = { ...entry, path: await proveInclusion(entry.index, size) }
    lines.push(canonicalJson(line as unknown as Json))
  }
  return `${lines.join('\n')}\n`
}
