import { canonicalJson, type Json } from '#lib/canonical_json'
import { proveInclusion, type OpenedEntry } from '#ledger/public'
import { mayOpenEntry, type BundleReader } from '#evidence/domain/who_opens_which_entry'

/** One line an entry: its leaf, its path to the tree of `size` entries, and its opening where the reader may see it. */
export async function entryLines(
  entries: readonly OpenedEntry[],
  size: number,
  reader: BundleReader
): Promise<string> {
  const lines: string[] = []
  for (const { index, leaf, type, opening } of entries) {
    const open = opening && mayOpenEntry(reader, type)
    const withheld = open ? null : opening ? 'reader' : 'erased'
    const path = await proveInclusion(index, size)
    const line = { index, leaf, path, opening: open ? opening : null, withheld }
    lines.push(canonicalJson(line as unknown as Json))
  }
  return `${lines.join('\n')}\n`
}
