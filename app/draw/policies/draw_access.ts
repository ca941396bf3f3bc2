import type { Actor } from '#core/actor'
import type { DrawRow } from '#draw/models/draw'

/** What somebody may see of a draw. */
export type DrawSight = 'host' | 'supervisor'

const SUPERVISORS: readonly string[] = ['centre', 'authority', 'auditor']

/**
 * DRAW-2, DRAW-9, ORG-1. The organiser and its agency run the draw and see the ten; centre and authority
 * watch everything; nobody else sees more than the public. Null: not visible at all.
 */
export function drawSight(actor: Actor, draw: Pick<DrawRow, 'organiser_id' | 'agency_id'>): DrawSight | null {
  if (SUPERVISORS.includes(actor.kind)) return 'supervisor'
  return isHost(actor, { organiserId: draw.organiser_id, agencyId: draw.agency_id }) ? 'host' : null
}

/** Rules DRAW-2, DRAW-7. Who may open the numbers of those drawn and note calls: whoever runs the draw, and the centre. */
export function mayCall(actor: Actor, draw: Pick<DrawRow, 'organiser_id' | 'agency_id'>): boolean {
  if (actor.kind === 'centre') return true
  return isHost(actor, { organiserId: draw.organiser_id, agencyId: draw.agency_id })
}

export function isHost(actor: Actor, plan: { organiserId: string; agencyId: string | null }): boolean {
  if (actor.organisationId === null) return false
  if (actor.kind === 'organiser') return actor.organisationId === plan.organiserId
  return actor.kind === 'agency' && actor.organisationId === plan.agencyId
}
