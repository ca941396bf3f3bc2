import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { notFound } from '#core/exceptions/refusal'
import { fail, ok, type Result } from '#lib/result'
import { recordResult } from '#ledger/public'
import { reviewStream } from '#reviews/public'
import { OPENING_LASTS_MS } from '#supervision/domain/recording_opens_under_an_inspection'
import type { InspectionRow } from '#supervision/models/rows'

/** Rule MEET-6. One look at the recorded meeting, on record before the first byte is given. */
export async function openRecording(
  actor: Actor,
  inspectionId: string
): Promise<Result<{ id: string; until: string }, { code: 'E_INSPECTION_CLOSED' }>> {
  return recordResult(
    actor,
    async (unit): Promise<Result<{ id: string; until: string }, { code: 'E_INSPECTION_CLOSED' }>> => {
      const inspection: InspectionRow | null = await unit.trx
        .from('inspections')
        .where('id', inspectionId)
        .forUpdate()
        .first()
      if (!inspection) throw notFound()
      if (inspection.closed_at) return fail({ code: 'E_INSPECTION_CLOSED' })
      const id = newId()
      await unit.insert('recording_openings', {
        id,
        inspection_id: inspection.id,
        review_id: inspection.review_id,
        by_user_id: actor.userId,
        by_membership_id: actor.capacityId,
        at: unit.at,
      })
      unit.entry({
        stream: reviewStream(inspection.review_id),
        type: 'recording.opened',
        payload: { opening: id, inspection: inspection.id, number: inspection.number },
      })
      return ok({ id, until: new Date(unit.at.getTime() + OPENING_LASTS_MS).toISOString() })
    }
  )
}
