/** What one soak has tried. `missed` names each trial that was let through, so that it can be repeated by its seed. */
export interface SoakOutcome {
  readonly what: string
  readonly trials: number
  readonly missed: readonly string[]
}

export interface SoakOptions {
  readonly seed: number
  readonly trials: number
}

export type Soak = (options: SoakOptions) => Promise<SoakOutcome>
