/**
 * Holm's step-down correction: however the tests depend on one another, the chance that any true hypothesis comes
 * out below α stays at most α. Returns the adjusted values in the order given.
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b)
  const adjusted = Array<number>(values.length).fill(1)
  let before = 0
  order.forEach((i, rank) => {
    before = Math.max(before, Math.min(1, values[i]! * (values.length - rank)))
    adjusted[i] = before
  })
  return adjusted
}
