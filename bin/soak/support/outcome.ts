/** What one soak has tried. `missed` names each trial that was let through, so that it can be repeated by its seed. */
export interface SoakOutcome {
  readonly what: string
  readonly trials: number
  readonly missed: readonly string[]
}

export interface SoakOptions {
  readonly seed: number
  readonly trials: number
  /** Called after each trial of a soak that takes minutes; what is said is for whoever watches. */
  readonly said: (done: number, missed: number) => void
}

export type Soak = (options: SoakOptions) => Promise<SoakOutcome>

const HALF_A_MINUTE_MS = 30_000

/** Says of many calls only those that come half a minute after the last one said. */
export function everyHalfMinute(say: SoakOptions['said']): SoakOptions['said'] {
  let last = Date.now()
  return (done, missed) => {
    if (Date.now() - last < HALF_A_MINUTE_MS) return
    last = Date.now()
    say(done, missed)
  }
}
