import { DRAW_SIZE } from './labels.ts'
import type { CapChances } from './chances.ts'
import type { PoolLeaf } from './pool.ts'
import { rational, toNumber, type Rational } from './rational.ts'
import { compareBytes } from './read.ts'
import { byTicket, employerTicket, ticketOf } from './ticket.ts'
import { uniformBelow } from './uniform.ts'

/** One expert's stretch of the ruler, in whole steps of 1 / denominator. */
export type RulerSegment = {
  readonly id: string
  readonly employer: number
  readonly ticket: Uint8Array
  readonly start: bigint
  readonly width: bigint
}

export type Ruler = {
  /** From left to right; employers side by side, in the order of their tickets, experts likewise. */
  readonly segments: readonly RulerSegment[]
  readonly denominator: bigint
  /** Where the first pin stands, 0 … denominator − 1; the others follow at distance one. */
  readonly offset: bigint
}

/** The ruler of a draw, ten long. It depends on the seed and the set of leaves, never on their order. */
export function buildRuler(
  leaves: readonly PoolLeaf[],
  chances: CapChances,
  seed: Uint8Array,
  round: number
): Ruler {
  const blocks = new Map<number, { ticket: Uint8Array; experts: { id: string; ticket: Uint8Array }[] }>()
  for (const leaf of leaves) {
    if (leaf.excluded !== null) continue
    const block = blocks.get(leaf.employer) ?? {
      ticket: employerTicket(seed, round, leaf.employer),
      experts: [],
    }
    block.experts.push({ id: leaf.id, ticket: ticketOf(seed, round, 0, leaf.id) })
    blocks.set(leaf.employer, block)
  }
  const ordered = [...blocks].sort(([a, x], [b, y]) => compareBytes(x.ticket, y.ticket) || a - b)
  const segments: RulerSegment[] = []
  let start = 0n
  for (const [employer, { experts }] of ordered) {
    const { num, den } = chances.byEmployer.get(employer)!
    const width = num * (chances.denominator / den)
    for (const { id, ticket } of experts.sort(byTicket)) {
      segments.push({ id, employer, ticket, start, width })
      start += width
    }
  }
  const { denominator } = chances
  return { segments, denominator, offset: uniformBelow(seed, round, denominator) }
}

/**
 * Madow's systematic sampling: ten pins at distance one. An expert is drawn when a pin stands in their
 * stretch, whose left end counts and right end does not. A stretch is at most one wide, so no expert is
 * drawn twice; an employer's is at most `cap` wide, so the cap holds. Returned from pin 1 to pin 10.
 */
export function pinned(ruler: Ruler): RulerSegment[] {
  const drawn: RulerSegment[] = []
  let pin = ruler.offset
  for (const segment of ruler.segments) {
    if (pin >= segment.start + segment.width) continue
    drawn.push(segment)
    pin += ruler.denominator
  }
  return drawn
}

/** What the ruler's picture needs. Fractions are exact; `at` and `size` are their values for drawing, 0 … 10. */
export type RulerPicture = {
  readonly length: number
  readonly offset: { readonly exact: ExactText; readonly at: number }
  readonly segments: readonly {
    readonly id: string
    readonly employer: number
    readonly start: ExactText
    readonly width: ExactText
    readonly at: number
    readonly size: number
    /** 1 … 10 when a pin stands here, else null. */
    readonly pin: number | null
  }[]
  readonly pins: readonly { readonly pin: number; readonly id: string; readonly at: number }[]
}
export type ExactText = { readonly num: string; readonly den: string }

export function rulerPicture(ruler: Ruler): RulerPicture {
  const steps = (count: bigint) => rational(count, ruler.denominator)
  const drawn = pinned(ruler)
  const pinOf = new Map(drawn.map((segment, i) => [segment.id, i + 1]))
  return {
    length: DRAW_SIZE,
    offset: { exact: exactText(steps(ruler.offset)), at: toNumber(steps(ruler.offset)) },
    segments: ruler.segments.map(({ id, employer, start, width }) => {
      return {
        id,
        employer,
        start: exactText(steps(start)),
        width: exactText(steps(width)),
        at: toNumber(steps(start)),
        size: toNumber(steps(width)),
        pin: pinOf.get(id) ?? null,
      }
    }),
    pins: drawn.map(({ id }, i) => {
      return { pin: i + 1, id, at: toNumber(steps(ruler.offset + BigInt(i) * ruler.denominator)) }
    }),
  }
}

export function exactText({ num, den }: Rational): ExactText {
  return { num: String(num), den: String(den) }
}
