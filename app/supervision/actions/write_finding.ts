import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { record } from '#ledger/public'
import { reviewStream } from '#reviews/public'
import type { FindingSubject } from '#supervision/models/rows'
import { heldOpening } from '#supervision/policies/recording_access'

/** Rule SUP-2. A fact noted at a moment of the meeting, by somebody who is looking at it; it can't be changed. */
export async function writeFinding(
  actor: Actor,
  input: { reviewId: string; atMs: number; subject: FindingSubject; text: string }
): Promise<{ id: string }> {
  const opening = await heldOpening(actor, input.reviewId)
  return record(actor, async (unit) => {
    const id = newId()
    await unit.insert('inspection_findings', {
      id,
      inspection_id: opening.inspection_id,
      review_id: input.reviewId,
      at_ms: input.atMs,
      subject: input.subject,
      text: input.text,
      by_user_id: actor.userId,
      at: unit.at,
    })
    unit.entry({
      stream: reviewStream(input.reviewId),
      type: 'inspection.finding',
      payload: { finding: id, atMs: input.atMs },
    })
    return { id }
  })
}
