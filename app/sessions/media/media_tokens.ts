import { AccessToken, TrackSource, type VideoGrant } from 'livekit-server-sdk'
import type { MediaEndpoint } from './media_health.ts'

/** Who a person is in the room; decides the grants. */
export type RoomRole = 'leader' | 'expert' | 'scribe' | 'party' | 'supervisor'
/** `closed`: the experts deliberate among themselves (MEET-7). */
export type RoomPhase = 'open' | 'closed'

export interface RoomGrantRequest {
  room: string
  /** Stable per person and meeting; becomes the name of the person's tracks in the recording. */
  identity: string
  name: string
  role: RoomRole
  phase: RoomPhase
  /** MEET-7: the leader agreed that this scribe stays for the closed deliberation. */
  scribeAdmitted?: boolean
}

const VOICE_AND_PICTURE = [TrackSource.CAMERA, TrackSource.MICROPHONE]
const EVERYTHING = [...VOICE_AND_PICTURE, TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO]
/** Long enough to join once; a reconnecting page asks for a new one. */
const PERSON_TOKEN_SECONDS = 120
/** The recorder gets a new one for each attempt to join. */
const RECORDER_TOKEN_SECONDS = 60

/**
 * What a role may do in the room in that phase; null when it may not be in it at all.
 * Rule MEET-7: closed deliberation is for the experts, a scribe by the leader's leave, and a supervisor, who is shown.
 */
export function roomGrant(request: Omit<RoomGrantRequest, 'identity' | 'name'>): VideoGrant | null {
  const base: VideoGrant = { room: request.room, roomJoin: true, canSubscribe: true, canPublishData: false }
  switch (request.role) {
    case 'leader':
    case 'expert':
      return { ...base, canPublish: true, canPublishSources: EVERYTHING }
    case 'scribe':
      if (request.phase === 'closed' && request.scribeAdmitted !== true) return null
      return { ...base, canPublish: true, canPublishSources: VOICE_AND_PICTURE }
    case 'party':
      if (request.phase === 'closed') return null
      return { ...base, canPublish: true, canPublishSources: EVERYTHING }
    case 'supervisor':
      // MEET-7: may sit in on the deliberation too, and is seen by everybody.
      return { ...base, canPublish: false, hidden: false }
  }
}

/** A token for one room and two minutes (machine clock), or null when the role has no place in this phase. */
export async function mintRoomToken(
  endpoint: MediaEndpoint,
  request: RoomGrantRequest
): Promise<string | null> {
  const grant = roomGrant(request)
  if (grant === null) return null
  const token = new AccessToken(endpoint.apiKey, endpoint.apiSecret, {
    identity: request.identity,
    name: request.name,
    ttl: PERSON_TOKEN_SECONDS,
    attributes: { role: request.role },
  })
  token.addGrant(grant)
  return token.toJwt()
}

/** The hidden participant that records; browsers see `RecordingStatusChanged` while it is in the room. */
export async function mintRecorderToken(endpoint: MediaEndpoint, room: string): Promise<string> {
  const token = new AccessToken(endpoint.apiKey, endpoint.apiSecret, {
    identity: RECORDER_IDENTITY,
    ttl: RECORDER_TOKEN_SECONDS,
  })
  token.addGrant({
    room,
    roomJoin: true,
    canSubscribe: true,
    canPublish: false,
    canPublishData: false,
    hidden: true,
    recorder: true,
  })
  return token.toJwt()
}

/** One recorder per room: a second one under the same identity displaces the first. */
export const RECORDER_IDENTITY = 'recorder'
