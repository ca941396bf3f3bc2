import { m } from '#paraglide/messages.js'
import type { Against } from './types.ts'

/** An exact fraction as a number for drawing and for words. */
export function fraction({ num, den }: Against['expected']): number {
  // Both may pass what a number holds; six digits are enough to show.
  return Number((BigInt(num) * 1_000_000n) / BigInt(den)) / 1_000_000
}

/** 12.4; under ten with two digits. */
export function shown(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1)
}

/** 2.3 %, 0.04 %; what is smaller still is not told apart. */
export function percent(p: number): string {
  if (p >= 0.1) return `${(100 * p).toFixed(0)}%`
  if (p >= 0.001) return `${(100 * p).toFixed(1)}%`
  return p < 0.0001 ? '<0.01%' : `${(100 * p).toFixed(2)}%`
}

export function byChance(p: number): string {
  return m.fairness_chance({ p: percent(p) })
}
