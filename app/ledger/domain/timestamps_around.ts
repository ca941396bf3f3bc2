/**
 * Rule DRAW-9. Of daily timestamps in the order of their days, with the sizes of the trees that were stamped, those that say
 * most about when these entries (by index) were appended: the last tree without each of them, and the first with it.
 */
export function timestampsAround<T extends { readonly size: number }>(
  stamps: readonly T[],
  indexes: readonly number[]
): T[] {
  const chosen = new Set<T>()
  for (const index of indexes) {
    const after = stamps.findIndex(({ size }) => size > index)
    const before = after < 0 ? stamps.at(-1) : stamps[after - 1]
    if (before) chosen.add(before)
    if (after >= 0) chosen.add(stamps[after]!)
  }
  return stamps.filter((stamp) => chosen.has(stamp))
}
