/** One line of a benchmark's table: our figure, and what it is set against in the same run. */
export interface Figure {
  readonly what: string
  readonly ours: string
  readonly beside: string
  /** Ours divided by the other, in the sense that `ratioMeans` says. */
  readonly ratio: number
  readonly ratioMeans: string
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

export const ms = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`

/** Milliseconds of each round of `work`, after one round that does not count. */
export async function timesOf(
  rounds: number,
  work: (round: number) => Promise<unknown> | unknown
): Promise<number[]> {
  const [times] = await besideEachOther(rounds, [work])
  return times!
}

/**
 * As `timesOf` for several works in turn, so that whatever else the machine does meets all of them alike.
 * The first round warms up and does not count.
 */
export async function besideEachOther(
  rounds: number,
  works: readonly ((round: number) => Promise<unknown> | unknown)[]
): Promise<number[][]> {
  const times: number[][] = works.map(() => [])
  for (let round = -1; round < rounds; round++) {
    for (const [index, work] of works.entries()) {
      const from = performance.now()
      await work(round)
      if (round >= 0) times[index]!.push(performance.now() - from)
    }
  }
  return times
}

/** The parent reads the last line that begins so. */
export function report(figures: readonly Figure[]): void {
  process.stdout.write(`\nFIGURES ${JSON.stringify(figures)}\n`)
}
