import db from '@adonisjs/lucid/services/db'
import type { Actor, CapacityKind } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { notFound } from '#core/exceptions/refusal'
import { OPENING_LASTS_MS, openingHolds } from '#supervision/domain/recording_opens_under_an_inspection'
import type { InspectionRow, OpeningRow } from '#supervision/models/rows'

/** ORG-1: the authority supervises, the centre guides and manages; nobody else opens a recording. */
export const SUPERVISORS: readonly CapacityKind[] = ['centre', 'authority']

export type HeldOpening = OpeningRow & { inspection: InspectionRow }

/**
 * MEET-6, SEC-2: this person's own opening of the review, in the capacity they act in now, while it holds.
 * Every byte and every word of the meeting is asked for through here.
 */
export async function openingOf(actor: Actor, reviewId: string): Promise<HeldOpening | null> {
  if (!SUPERVISORS.includes(actor.kind)) return null
  const now = businessNow()
  const row: OpeningRow | null = await db
    .from('recording_openings')
    .where({ review_id: reviewId, by_user_id: actor.userId, by_membership_id: actor.capacityId })
    .where('at', '>', new Date(now.getTime() - OPENING_LASTS_MS))
    .whereExists((open) => {
      void open
        .from('inspections')
        .select(db.raw('1'))
        .whereColumn('inspections.id', 'recording_openings.inspection_id')
        .whereNull('inspections.closed_at')
    })
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .first()
  if (!row) return null
  const inspection: InspectionRow = await db.from('inspections').where('id', row.inspection_id).firstOrFail()
  return openingHolds({ at: row.at, inspectionClosedAt: inspection.closed_at }, now)
    ? { ...row, inspection }
    : null
}

/** As above, for what does not exist without an opening. */
export async function heldOpening(actor: Actor, reviewId: string): Promise<HeldOpening> {
  const opening = await openingOf(actor, reviewId)
  if (!opening) throw notFound()
  return opening
}
