import { RoomServiceClient, ServerError, TrackSource, type ParticipantInfo } from 'livekit-server-sdk'
import type { MediaServer, RoomSpecification } from './media_health.ts'
import { RECORDER_IDENTITY } from './media_tokens.ts'
import { fail, ok, type Result } from '../../../lib/result.ts'

export type MediaError = { code: 'media_unavailable' | 'not_in_room'; detail: string }

export interface PresentParticipant {
  identity: string
  /** LiveKit's id of this one connection: attendance is fused by it. */
  sessionId: string
  joinedAt: Date
  publishes: { trackId: string; source: 'camera' | 'microphone' | 'screen' | 'other'; muted: boolean }[]
}

/** The rooms of one media server, for the server side of the app. Calls give up after five seconds. */
export class MediaRooms {
  #server: MediaServer

  constructor(server: MediaServer) {
    this.#server = server
  }

  /** Creates the room; again after each restart of the server, until `close`. Creating twice is harmless. */
  async create(room: RoomSpecification): Promise<Result<null, MediaError>> {
    this.#server.keepRoom(room)
    return this.#call(async (client) => {
      await client.createRoom(room)
      return null
    })
  }

  /** Sends everybody out and forgets the room. */
  async close(name: string): Promise<Result<null, MediaError>> {
    this.#server.forgetRoom(name)
    return this.#call(async (client) => {
      await client.deleteRoom(name)
      return null
    })
  }

  /** Cuts the participant off at once and revokes the tokens of that identity issued until now. */
  async remove(room: string, identity: string): Promise<Result<null, MediaError>> {
    return this.#call(async (client) => {
      await client.removeParticipant(room, identity, { revokeTokenTs: BigInt(Math.floor(Date.now() / 1000)) })
      return null
    })
  }

  /** Mutes every microphone of the participant; only they themselves can unmute. Gives the number muted. */
  async muteMicrophone(room: string, identity: string): Promise<Result<number, MediaError>> {
    return this.#call(async (client) => {
      const participant = await client.getParticipant(room, identity)
      const open = participant.tracks.filter(
        (track) => track.source === TrackSource.MICROPHONE && !track.muted
      )
      for (const track of open) await client.mutePublishedTrack(room, identity, track.sid, true)
      return open.length
    })
  }

  /** Who is connected now, the recorder aside: one of the sources of attendance. */
  async present(room: string): Promise<Result<PresentParticipant[], MediaError>> {
    return this.#call(async (client) => {
      const participants = await client.listParticipants(room)
      return participants.filter((one) => one.identity !== RECORDER_IDENTITY).map(presentParticipant)
    })
  }

  async #call<T>(work: (client: RoomServiceClient) => Promise<T>): Promise<Result<T, MediaError>> {
    const endpoint = this.#server.endpoint
    if (endpoint === null) return fail({ code: 'media_unavailable', detail: 'no media server' })
    const address = endpoint.url.replace(/^ws/, 'http')
    const client = new RoomServiceClient(address, endpoint.apiKey, endpoint.apiSecret, { requestTimeout: 5 })
    try {
      return ok(await work(client))
    } catch (error) {
      if (isNotFound(error)) return fail({ code: 'not_in_room', detail: String(error) })
      if (isUnreachable(error)) return fail({ code: 'media_unavailable', detail: String(error) })
      throw error
    }
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof ServerError && error.status === 404
}

function isUnreachable(error: unknown): boolean {
  if (error instanceof ServerError) return error.status >= 500
  return error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')
}

function presentParticipant(participant: ParticipantInfo): PresentParticipant {
  return {
    identity: participant.identity,
    sessionId: participant.sid,
    joinedAt: new Date(Number(participant.joinedAtMs)),
    publishes: participant.tracks.map((track) => ({
      trackId: track.sid,
      source: sourceName(track.source),
      muted: track.muted,
    })),
  }
}

function sourceName(source: TrackSource): PresentParticipant['publishes'][number]['source'] {
  if (source === TrackSource.CAMERA) return 'camera'
  if (source === TrackSource.MICROPHONE) return 'microphone'
  if (source === TrackSource.SCREEN_SHARE) return 'screen'
  return 'other'
}
