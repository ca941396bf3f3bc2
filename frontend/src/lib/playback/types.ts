import type { RoomEvent } from '@shared/room/events.ts'

export type PlaybackEvent = RoomEvent & { readonly channel: 'room' | 'panel' }

/** Times of a recording are ms since the zero of the meeting. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

export interface RecordedTrack {
  readonly source: 'camera' | 'microphone' | 'screen' | 'screen_audio'
  readonly startMs: number
  readonly endMs: number
  readonly gaps: readonly (Span & { readonly reason: string })[]
  readonly damaged: readonly (Span & { readonly file: string; readonly state: 'altered' | 'missing' })[]
}

export interface RecordedFile {
  readonly file: string
  readonly content: 'camera' | 'screen'
  readonly picture: boolean
  readonly sound: boolean
  readonly durationMs: number
  readonly state: 'whole' | 'altered' | 'missing'
  readonly tracks: readonly RecordedTrack[]
}

export interface RecordedPerson {
  /** The user's id. */
  readonly identity: string
  readonly name: string
  readonly files: readonly RecordedFile[]
}

export interface RecordingView {
  readonly ready: boolean
  readonly finishedAt: string | null
  readonly keptUntil: string | null
  readonly demonstration?: boolean
  readonly segments?: { readonly total: number; readonly open: number; readonly damaged: number }
  readonly participants?: readonly RecordedPerson[]
}

export interface Finding {
  readonly id: string
  readonly atMs: number
  readonly subject: string
  readonly text: string
  readonly by: string
  readonly at: string
}

export interface PlaybackSeat {
  readonly seatId: string
  readonly letter: string
  readonly userId: string
  readonly name: string
  readonly role: string
  readonly employer: string
}

export interface Playback {
  readonly review: {
    readonly id: string
    readonly number: string | null
    readonly round: number
    readonly state: string
    readonly conclusion: string | null
    readonly planId: string
    readonly versionId: string
    readonly planName: string
    readonly projectName: string
    readonly startedAt: string | null
    readonly endedAt: string | null
  }
  readonly inspection: { readonly id: string; readonly number: string }
  readonly openedAt: string
  /** Machine time of the zero, ms since 1970. */
  readonly zero: number
  readonly durationMs: number
  readonly events: readonly PlaybackEvent[]
  readonly versions: readonly {
    readonly versionId: string
    readonly number: number
    readonly pages: number
  }[]
  readonly seats: readonly PlaybackSeat[]
  /** ms since the zero, user, version, page, x, y. */
  readonly pointers: readonly (readonly [number, string, string, number, number, number])[]
  readonly recording: RecordingView | null
  readonly findings: readonly Finding[]
}
