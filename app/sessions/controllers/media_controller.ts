import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { Refusal } from '#core/exceptions/refusal'
import { mintRoomToken, type RoomRole as MediaRole } from '#sessions/media/media_tokens'
import type { RoomRole } from '#lib/room/words'
import { mayEnter } from '#sessions/policies/may_enter'
import { sessionFor } from '#sessions/queries/overview'
import { meetingMedia } from '#sessions/recording/meeting_media'
import { mediaRoom } from '#sessions/recording/room_name'

const MEDIA_ROLES: Readonly<Record<RoomRole, MediaRole>> = {
  leader: 'leader',
  expert: 'expert',
  alternate: 'expert',
  scribe: 'scribe',
  host: 'party',
  party: 'party',
  supervisor: 'supervisor',
}

/** Sound and picture. Without a media server the meeting goes on, and the page says why. */
export default class MediaController {
  async token({ actor, params }: HttpContext) {
    const { session, viewer } = await sessionFor(actor, params.id)
    const refusal = mayEnter(session, viewer)
    if (refusal) throw new Refusal(409, refusal.code, refusal)
    const { server, rooms } = meetingMedia
    const { health, endpoint } = server
    if (health.state !== 'running' || !endpoint) {
      const reason = health.state === 'unavailable' ? health.reason : health.state
      throw new Refusal(503, 'E_MEDIA_UNAVAILABLE', { reason })
    }
    const room = mediaRoom(params.id)
    const role = MEDIA_ROLES[viewer.role]
    // A supervisor may sit in throughout and is shown to everybody (MEET-7).
    const phase = viewer.closedFloor && role !== 'supervisor' ? 'closed' : 'open'
    const request = {
      room,
      identity: viewer.userId,
      name: viewer.name,
      role,
      phase,
      scribeAdmitted: viewer.role === 'scribe',
    } as const
    const token = await mintRoomToken(endpoint, request)
    if (!token) throw new Refusal(409, 'E_DELIBERATION')
    const opened = await rooms.create({ name: room, maxParticipants: 30, metadata: '' })
    if (!opened.ok) throw new Refusal(503, 'E_MEDIA_UNAVAILABLE', { reason: opened.error.code })
    return { url: endpoint.url, token, room }
  }

  async recording({ actor, params }: HttpContext) {
    const { session } = await sessionFor(actor, params.id)
    const row = await db.from('session_recordings').where('review_id', params.id).first()
    return {
      state: session.recording,
      since: row?.started_at.toISOString() ?? null,
      finished: row?.finished_at?.toISOString() ?? null,
      files: row?.files?.length ?? null,
      sha256: row?.files_sha256 ?? null,
    }
  }
}
