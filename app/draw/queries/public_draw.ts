import { regulation } from '#core/jurisdiction'
import { reviewById } from '#reviews/public'
import { meetingHasEnded } from '#draw/domain/meeting_has_ended'
import type { DrawRow } from '#draw/models/draw'
import { seatsOf } from '#draw/queries/draws'
import { drawProgress } from '#draw/queries/draw_view'
import { untilTheEnd } from '#draw/queries/draw_picture'

/**
 * Rule DRAW-9. What the public sees: counts and fingerprints, seats and random numbers; names at the end. The parties'
 * proofs until then neither: with them anybody computes the random number of every roster number, and so the ten.
 */
export async function publicDraw(draw: DrawRow) {
  const [progress, seats, review, inForce] = await Promise.all([
    drawProgress(draw),
    seatsOf(draw.id),
    reviewById(draw.review_id),
    regulation(),
  ])
  const ended = review !== null && meetingHasEnded(review.state)
  const closed = {
    fingerprints: { ...progress.fingerprints, serverProof: null, witnessProof: null },
    picture: untilTheEnd(progress.picture),
  }
  return {
    ...progress,
    ...(ended ? {} : closed),
    ended,
    answerHours: inForce.values['invitation.answer_hours'].value,
    seats: seats.map(({ seat, ticket, replaces_seat }) => ({ seat, ticket, replacesSeat: replaces_seat })),
  }
}
