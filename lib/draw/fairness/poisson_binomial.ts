/**
 * The number of successes in independent trials of unlike chances, exactly: the distribution itself is summed,
 * nothing is approximated by another one. Numbers are doubles, and only non-negative ones are added and multiplied,
 * so a tail of n trials is off by less than (4n + 8) · 2⁻⁵³ of itself: under 10⁻¹² up to 2,000 trials. Tails below
 * 10⁻³⁰⁰ come out as 0.
 */
import type { Rational } from '../rational.ts'

/** A chance and its complement, both rounded once: 1 − p would lose what a small complement has. */
export type Trial = { readonly p: number; readonly q: number }

export function trialOf({ num, den }: Rational): Trial {
  return { p: ratio(num, den), q: ratio(den - num, den) }
}

/** P(X ≤ k). */
export function lowerTail(trials: readonly Trial[], k: number): number {
  if (k < 0) return 0
  if (k >= trials.length) return 1
  return sum(upTo(trials, k).exactly)
}

/** P(X ≥ k). */
export function upperTail(trials: readonly Trial[], k: number): number {
  if (k <= 0) return 1
  if (k > trials.length) return 0
  return upTo(trials, k - 1).more
}

/** Twice the smaller tail, at most 1: the exact two-sided test that needs no rule about ties. */
export function twoSided(trials: readonly Trial[], k: number): number {
  return Math.min(1, 2 * Math.min(lowerTail(trials, k), upperTail(trials, k)))
}

/** P(X = 0 … most), and P(X > most): what passes it stays there, so no tail is a difference. */
function upTo(trials: readonly Trial[], most: number): { exactly: Float64Array; more: number } {
  const exactly = new Float64Array(most + 1)
  exactly[0] = 1
  let more = 0
  let reached = 0
  for (const { p, q } of trials) {
    if (reached === most) more += exactly[most]! * p
    for (let i = Math.min(reached + 1, most); i > 0; i--) exactly[i] = exactly[i]! * q + exactly[i - 1]! * p
    exactly[0] = exactly[0]! * q
    reached = Math.min(reached + 1, most)
  }
  return { exactly, more }
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** The nearest double but for one unit in the last place, whatever the size of the integers. */
export function ratio(num: bigint, den: bigint): number {
  if (num === 0n) return 0
  const shift = BigInt(Math.max(0, bits(den) - bits(num) + 66))
  const drop = BigInt(Math.max(0, bits(num) - bits(den) - 66))
  const scaled = (num << shift) / den
  return shift > 0n ? Number(scaled) / 2 ** Number(shift) : Number(scaled >> drop) * 2 ** Number(drop)
}

function bits(value: bigint): number {
  return value.toString(16).length * 4
}
