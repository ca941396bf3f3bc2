const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/**
 * Rule DRAW-13. Letters fixed when the panel is confirmed: A is the leader, then the members by draw number,
 * then the alternates. `known` holds letters given before; they stay, also when the leader is replaced.
 * People are given in draw order; who is new gets the next free letter. At most 26 in a review.
 */
export function assignLetters(
  leaderId: string,
  members: readonly string[],
  alternates: readonly string[],
  known: ReadonlyMap<string, string> = new Map()
): Map<string, string> {
  const order = [leaderId, ...members.filter((id) => id !== leaderId), ...alternates]
  const letters = new Map(known)
  for (const id of order) {
    if (letters.has(id)) continue
    const letter = LETTERS[letters.size]
    if (letter === undefined) throw new Error('a review has no more than 26 places')
    letters.set(id, letter)
  }
  return letters
}
