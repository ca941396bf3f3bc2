import type { ItemEntry, OpinionEntry } from '@shared/room/state.ts'

/** Below this share of common pairs of characters nothing is suggested. */
const enough = 0.22
const samePageBonus = 0.1

/**
 * The item that an opinion is most like: Dice's coefficient over pairs of characters of their texts, a little
 * more for the same page. Null when none is like enough. A suggestion only; the leader decides.
 */
export function similarItem(
  opinion: OpinionEntry,
  items: readonly ItemEntry[],
  opinions: Readonly<Record<string, OpinionEntry>>
): ItemEntry | null {
  let best: ItemEntry | null = null
  let most = enough
  const mine = pairs(wordsOf(opinion))
  for (const item of items) {
    const sources = item.opinionIds.map((id) => opinions[id]).filter((one) => one !== undefined)
    const texts = [item.fields.heading + item.text, ...sources.map(wordsOf)]
    const page = sources.some((one) => one.fields.page !== null && one.fields.page === opinion.fields.page)
    const share = Math.max(...texts.map((text) => alike(mine, pairs(text)))) + (page ? samePageBonus : 0)
    if (share > most) {
      most = share
      best = item
    }
  }
  return best
}

const wordsOf = ({ fields }: OpinionEntry) => `${fields.place}${fields.finding}${fields.requirement}`

function pairs(text: string): Set<string> {
  const characters = [...text.replace(/[\p{P}\s]/gu, '')]
  return new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`))
}

function alike(one: Set<string>, other: Set<string>): number {
  if (one.size === 0 || other.size === 0) return 0
  let common = 0
  for (const pair of one) if (other.has(pair)) common++
  return (2 * common) / (one.size + other.size)
}
