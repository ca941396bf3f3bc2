import type { DrawEvidence } from './evidence.ts'

/** What the public may see of a draw until its meeting has ended: numbers and fingerprints. */
export type PublicDraw = {
  readonly drawId: string
  readonly rulesHash: string
  readonly poolRoot: string
  readonly level: string
  readonly eligible: number
  readonly excluded: readonly { readonly reason: string; readonly count: number }[]
  readonly cap: number
  readonly possibleSets: string
  readonly seats: readonly { readonly seat: number; readonly ticket: string }[]
}

/**
 * Rule DRAW-9. Proofs stay out as well as roster numbers: from the outputs anybody could compute the ticket of
 * every roster number and so read off who was drawn.
 */
export function publicView(evidence: DrawEvidence): PublicDraw {
  const reasons = new Map<string, number>()
  for (const { excluded } of evidence.pool) {
    if (excluded !== null) reasons.set(excluded, (reasons.get(excluded) ?? 0) + 1)
  }
  const replacements = evidence.departures.flatMap(({ replacement }) => replacement?.taken ?? [])
  return {
    drawId: evidence.drawId,
    rulesHash: evidence.rulesHash,
    poolRoot: evidence.poolRoot,
    level: evidence.rules.level,
    eligible: evidence.pool.filter(({ excluded }) => excluded === null).length,
    excluded: [...reasons].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, count]) => ({ reason, count })),
    cap: evidence.result.cap,
    possibleSets: evidence.result.possibleSets,
    seats: [...evidence.result.seats, ...replacements].map(({ seat, ticket }) => ({ seat, ticket })),
  }
}
