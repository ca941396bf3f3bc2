import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { fail, ok, type Result } from '#lib/result'
import { recordResult } from '#ledger/public'
import { reviewStream } from '#reviews/public'
import type { InspectionRow } from '#supervision/models/rows'

/** Rule MEET-6. Ends an inspection: from now on nobody sees the recording under it. */
export async function closeInspection(
  actor: Actor,
  inspectionId: string
): Promise<Result<{ closedAt: string }, { code: 'E_INSPECTION_CLOSED' }>> {
  return recordResult(
    actor,
    async (unit): Promise<Result<{ closedAt: string }, { code: 'E_INSPECTION_CLOSED' }>> => {
      const inspection: InspectionRow | null = await unit.trx
        .from('inspections')
        .where('id', inspectionId)
        .forUpdate()
        .first()
      if (!inspection) throw notFound()
      if (inspection.closed_at) return fail({ code: 'E_INSPECTION_CLOSED' })
      await unit.update('inspections', inspection.id, { closed_by: actor.userId, closed_at: unit.at })
      unit.entry({
        stream: reviewStream(inspection.review_id),
        type: 'inspection.closed',
        payload: { inspection: inspection.id },
      })
      return ok({ closedAt: unit.at.toISOString() })
    }
  )
}
