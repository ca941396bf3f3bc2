import type { UnitOfWork } from '#ledger/public'
import type { MeetingMode } from '#draw/models/draw'
import { drawOfReview, touch } from '#draw/queries/draws'

/**
 * Rule DRAW-13. A meeting that was moved: the month's cap and later invitations go by the new time. The
 * caller tells the log.
 */
export async function setMeeting(
  unit: UnitOfWork,
  reviewId: string,
  meeting: { at: Date; mode: MeetingMode; place: string }
): Promise<void> {
  const draw = await drawOfReview(reviewId, unit.trx)
  if (!draw) throw new Error(`Review ${reviewId} has no draw`)
  await unit.update('draws', draw.id, {
    meeting_at: meeting.at,
    meeting_mode: meeting.mode,
    meeting_place: meeting.place,
  })
  await touch(unit.trx, draw.id)
}
