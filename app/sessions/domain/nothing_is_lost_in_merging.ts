export type MergedItem = { id: string; sources: readonly string[] }
export type Omission = { opinion_id: string; reason: string }

export type MergeFault =
  | { code: 'opinion_not_handled'; opinion: string }
  | { code: 'opinion_merged_and_left_out'; opinion: string }
  | { code: 'reason_missing'; opinion: string }
  | { code: 'unknown_opinion'; opinion: string }
  | { code: 'item_without_source'; item: string }

/**
 * Rule CONC-4 (NN 2(2)). Every opinion is in an item or left out with a reason, never both; every item leads
 * back to opinions that exist. An empty list: nothing was lost and nothing was made up.
 */
export function mergeFaults(
  opinions: readonly string[],
  items: readonly MergedItem[],
  omissions: readonly Omission[]
): MergeFault[] {
  const known = new Set(opinions)
  const merged = new Set(items.flatMap((item) => item.sources))
  const omitted = new Set(omissions.map((one) => one.opinion_id))
  const faults: MergeFault[] = []
  for (const opinion of known) {
    if (merged.has(opinion) && omitted.has(opinion))
      faults.push({ code: 'opinion_merged_and_left_out', opinion })
    if (!merged.has(opinion) && !omitted.has(opinion)) faults.push({ code: 'opinion_not_handled', opinion })
  }
  for (const { opinion_id: opinion, reason } of omissions) {
    if (reason.trim() === '') faults.push({ code: 'reason_missing', opinion })
  }
  for (const opinion of new Set([...merged, ...omitted])) {
    if (!known.has(opinion)) faults.push({ code: 'unknown_opinion', opinion })
  }
  for (const item of items)
    if (item.sources.length === 0) faults.push({ code: 'item_without_source', item: item.id })
  return faults
}
