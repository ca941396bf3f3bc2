import type { QuotaChances } from './chances.ts'
import type { PoolLeaf } from './pool.ts'
import { compareBytes, compareIds } from './read.ts'
import { roundCells, type Rounded } from './rounding.ts'
import { byTicket, cellTicket, employerTicket, specialtyTicket, ticketOf } from './ticket.ts'
import { uniformOfStep } from './uniform.ts'

type Expert = {
  readonly id: string
  readonly employer: number
  readonly specialty: string
  readonly ticket: Uint8Array
}

/**
 * The ten under quotas: how many of each cell by rounding, then in each cell those of smallest cell ticket. It
 * depends on the seed and the set of leaves, never on their order.
 */
export function drawByRounding(
  leaves: readonly PoolLeaf[],
  { cells, denominator }: QuotaChances,
  seed: Uint8Array,
  round: number
): Rounded & { readonly drawn: readonly Expert[] } {
  const employers = [...new Set(cells.map(({ employer }) => employer))]
    .map((employer) => ({ employer, ticket: employerTicket(seed, round, employer) }))
    .sort((a, b) => compareBytes(a.ticket, b.ticket) || a.employer - b.employer)
    .map(({ employer }) => employer)
  const specialties = [...new Set(cells.map(({ specialty }) => specialty))]
    .map((specialty) => ({ specialty, ticket: specialtyTicket(seed, round, specialty) }))
    .sort((a, b) => compareBytes(a.ticket, b.ticket) || compareIds(a.specialty, b.specialty))
    .map(({ specialty }) => specialty)
  const rounded = roundCells(cells, denominator, { employers, specialties }, (step, alpha, beta) =>
    uniformOfStep(seed, round, step, alpha + beta)
  )
  const drawn = cells.flatMap(({ employer, specialty }, i) => {
    if (rounded.counts[i] === 0) return []
    return leaves
      .filter((leaf) => leaf.excluded === null && leaf.employer === employer && leaf.specialty === specialty)
      .map(({ id }) => ({ id, ticket: cellTicket(seed, round, id) }))
      .sort(byTicket)
      .slice(0, rounded.counts[i])
      .map(({ id }) => ({ id, employer, specialty, ticket: ticketOf(seed, round, 0, id) }))
  })
  return { ...rounded, drawn }
}
