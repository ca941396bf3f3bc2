import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { businessNow } from '#core/clock/business_clock'
import type { Person } from '#lib/room/events'
import type { RoomRole } from '#lib/room/words'
import { performForProgram } from '#sessions/actions/perform_for_program'
import { settlePresence } from '#sessions/decisions/presence'
import type { Scene } from '#sessions/decisions/scene'

/** A short loss of the line is no leaving: this long after the last connection somebody still counts as here. */
export const GRACE_MS = 6_000

/**
 * Brings the room's presence in line with the connections, and with it the quorum (MEET-4). Safe to run
 * twice and from several processes: the session's lock orders it, and what is settled changes nothing.
 */
export async function settleRoom(reviewId: string): Promise<void> {
  await performForProgram(reviewId, 'presence', async (scene, unit) =>
    settlePresence(scene, await peopleHere(unit.trx, reviewId, scene))
  )
}

/** Whoever has a connection that is open, or was within the grace; the quorum goes by sockets alone. */
async function peopleHere(trx: TransactionClientContract, reviewId: string, scene: Scene): Promise<Person[]> {
  const rows = await trx
    .from('attendance_spans')
    .where({ review_id: reviewId, source: 'socket' })
    .where((query) =>
      query.whereNull('left_at').orWhere('left_at', '>', new Date(businessNow().getTime() - GRACE_MS))
    )
    .orderBy('joined_at')
    .orderBy('id')
  const people = new Map<string, Person>()
  for (const row of rows) {
    const seat = scene.seats.find((one) => one.userId === row.user_id)
    // Whoever has left the panel is gone at once, whatever their connections say.
    if (row.seat_id && !seat) continue
    const wasShutOut =
      row.left_at !== null && scene.room.stage === 'deliberation' && ['party', 'host'].includes(row.role)
    if (wasShutOut) continue
    people.set(row.user_id, {
      userId: row.user_id,
      name: row.name,
      role: seat?.role ?? roleOf(row, scene),
      letter: seat?.letter ?? null,
      organisation: row.organisation,
    })
  }
  return [...people.values()]
}

function roleOf(row: { user_id: string; role: RoomRole }, scene: Scene): RoomRole {
  if (row.role !== 'host' && row.role !== 'scribe') return row.role
  return scene.panel.scribes.includes(row.user_id) ? 'scribe' : 'host'
}
