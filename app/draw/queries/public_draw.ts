import { reviewById } from '#reviews/public'
import { meetingHasEnded } from '#draw/domain/meeting_has_ended'
import type { DrawRow } from '#draw/models/draw'
import { seatsOf } from '#draw/queries/draws'
import { drawProgress } from '#draw/queries/draw_view'
import { withoutCells } from '#draw/queries/rounding_picture'

/** Rule DRAW-9. What the public sees: counts and fingerprints, seats and random numbers; names at the end. */
export async function publicDraw(draw: DrawRow) {
  const [progress, seats, review] = await Promise.all([
    drawProgress(draw),
    seatsOf(draw.id),
    reviewById(draw.review_id),
  ])
  const ended = review !== null && meetingHasEnded(review.state)
  const { picture } = progress
  return {
    ...progress,
    picture: ended || picture.by === 'ruler' ? picture : { ...picture, ...withoutCells(picture) },
    ended,
    seats: seats.map(({ seat, ticket, replaces_seat }) => ({ seat, ticket, replacesSeat: replaces_seat })),
  }
}
