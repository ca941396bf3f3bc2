import db from '@adonisjs/lucid/services/db'
import { businessNow } from '#core/clock/business_clock'
import type { MediaRooms } from '#sessions/media/media_rooms'
import { mediaRoom } from '#sessions/recording/room_name'

/**
 * MEET-7, SEC-2: whoever is in the media room and has no open place in the meeting is put out, and their
 * tokens with them: parties in the closed deliberation, somebody excused, somebody signed out.
 */
export async function expelFromMedia(reviewId: string, rooms: MediaRooms): Promise<void> {
  const room = mediaRoom(reviewId)
  const present = await rooms.present(room)
  if (!present.ok || present.value.length === 0) return
  const spans = await db
    .from('attendance_spans')
    .where({ review_id: reviewId, source: 'socket' })
    .where((query) =>
      query.whereNull('left_at').orWhere('left_at', '>', new Date(businessNow().getTime() - LINE_LOST_MS))
    )
    .select('user_id', 'role')
  const session = await db
    .from('review_sessions')
    .where('review_id', reviewId)
    .select('stage', 'scribes')
    .firstOrFail()
  const gone = await db
    .from('session_seats')
    .where('review_id', reviewId)
    .whereNotNull('left_at')
    .select('user_id')
  const outside = new Set(gone.map((row) => row.user_id))
  for (const { identity } of present.value) {
    const span = spans.find((one) => one.user_id === identity)
    const closed =
      session.stage === 'deliberation' &&
      ['party', 'host'].includes(span?.role ?? '') &&
      !session.scribes.includes(identity)
    if (span && !closed && !outside.has(identity)) continue
    await rooms.remove(room, identity)
  }
}

/** A page that reconnects keeps its video meanwhile. */
const LINE_LOST_MS = 30_000
