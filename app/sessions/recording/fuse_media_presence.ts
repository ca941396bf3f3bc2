import db from '@adonisjs/lucid/services/db'
import { businessNow } from '#core/clock/business_clock'
import type { MediaRooms } from '#sessions/media/media_rooms'
import { closeSpan, openSpan, touchSpans } from '#sessions/presence/spans'
import { mediaRoom } from '#sessions/recording/room_name'

/**
 * MEET-2: the media server's own list of participants beside the sockets, keyed by its session ids. Webhooks
 * come late, twice or not at all; the list is asked for instead.
 */
export async function fuseMediaPresence(reviewId: string, rooms: MediaRooms): Promise<void> {
  const listed = await rooms.present(mediaRoom(reviewId))
  if (!listed.ok) return
  const open = await db
    .from('attendance_spans')
    .where({ review_id: reviewId, source: 'media' })
    .whereNull('left_at')
  const now = businessNow()
  // The media server goes by the machine's clock.
  const shift = now.getTime() - Date.now()
  for (const participant of listed.value) {
    if (open.some((span) => span.connection === participant.sessionId)) continue
    const known = await db
      .from('attendance_spans')
      .where({ review_id: reviewId, user_id: participant.identity, source: 'socket' })
      .orderBy('joined_at', 'desc')
      .first()
    if (!known) continue
    const { user_id: userId, name, role, seat_id: seatId, organisation } = known
    const at = new Date(participant.joinedAt.getTime() + shift)
    await openSpan({
      reviewId,
      person: { userId, name, role, seatId, organisation },
      source: 'media',
      connection: participant.sessionId,
      at,
    })
  }
  const here = open.filter((span) => listed.value.some((one) => one.sessionId === span.connection))
  await touchSpans(here.map((span) => span.id))
  for (const span of open) if (!here.includes(span)) await closeSpan(span.id, span.last_seen_at)
}
