import { TrackSource, type ParticipantInfo } from '@livekit/protocol'
import type { TrackSourceName } from './track_index.ts'

export interface PublishedTrack {
  trackSid: string
  identity: string
  name: string
  source: TrackSourceName
  muted: boolean
}

const STATE_DISCONNECTED = 3

/** Who publishes what, kept from `join` and `update`. */
export class RoomTracks {
  #participants = new Map<string, ParticipantInfo>()

  update(participants: readonly ParticipantInfo[]): void {
    for (const participant of participants) {
      if (participant.state === STATE_DISCONNECTED) this.#participants.delete(participant.sid)
      else this.#participants.set(participant.sid, participant)
    }
  }

  find(trackSid: string): PublishedTrack | null {
    for (const participant of this.#participants.values()) {
      const track = participant.tracks.find((one) => one.sid === trackSid)
      if (track === undefined) continue
      const source = sourceName(track.source, track.mimeType)
      return { trackSid, identity: participant.identity, name: participant.name, source, muted: track.muted }
    }
    return null
  }
}

function sourceName(source: TrackSource, mimeType: string): TrackSourceName {
  switch (source) {
    case TrackSource.CAMERA:
      return 'camera'
    case TrackSource.SCREEN_SHARE:
      return 'screen'
    case TrackSource.SCREEN_SHARE_AUDIO:
      return 'screen_audio'
    case TrackSource.MICROPHONE:
      return 'microphone'
    default:
      return mimeType.startsWith('video/') ? 'camera' : 'microphone'
  }
}
