/** One change of a text: at `index`, `removed` characters went and `inserted` came. */
export interface TextChange {
  index: number
  removed: number
  inserted: string
}

/** The smallest single change that leads from one text to the other; null when they are equal. */
export function changeBetween(from: string, to: string): TextChange | null {
  if (from === to) return null
  let start = 0
  const shorter = Math.min(from.length, to.length)
  while (start < shorter && from[start] === to[start]) start++
  let end = 0
  while (end < shorter - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end++
  return {
    index: start,
    removed: from.length - start - end,
    inserted: to.slice(start, to.length - end),
  }
}

/** Where a place in the text before the change is after it. */
export function placeAfter(place: number, change: TextChange | null): number {
  if (!change || place <= change.index) return place
  if (place <= change.index + change.removed) return change.index + change.inserted.length
  return place - change.removed + change.inserted.length
}
