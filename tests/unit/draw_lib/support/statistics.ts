/**
 * Σ (seen − expected)² / variance over all experts. Under the right chances it is near the number of experts;
 * the bound lies about six standard deviations above. Seeds are fixed, so a run never varies.
 */
export function isBiased(seen: readonly number[], chances: readonly number[], runs: number): boolean {
  const statistic = seen.reduce((sum, count, i) => {
    const chance = chances[i]!
    return sum + (count - runs * chance) ** 2 / (runs * chance * (1 - chance))
  }, 0)
  return statistic > seen.length + 6 * Math.sqrt(2 * seen.length)
}
