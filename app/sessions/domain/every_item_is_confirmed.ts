export type ItemVote = {
  member: string
  position: 'confirm' | 'object'
  /** The version of the item's text that was voted on; a later edit makes the vote void. */
  item_version: number
  reason: string
}
export type ItemStanding = {
  confirmed: string[]
  objected: { member: string; reason: string }[]
  pending: string[]
}

/**
 * Rule CONC-1. How the panel stands to one item. A vote counts for the text it was given on, the last of a
 * member counts, and an objection without a reason is none.
 */
export function itemStanding(
  itemVersion: number,
  members: readonly string[],
  votes: readonly ItemVote[]
): ItemStanding {
  const standing: ItemStanding = { confirmed: [], objected: [], pending: [] }
  for (const member of members) {
    const vote = votes.findLast((one) => one.member === member && one.item_version === itemVersion)
    if (vote?.position === 'confirm') standing.confirmed.push(member)
    else if (vote?.position === 'object' && vote.reason.trim() !== '') {
      standing.objected.push({ member, reason: vote.reason })
    } else standing.pending.push(member)
  }
  return standing
}
