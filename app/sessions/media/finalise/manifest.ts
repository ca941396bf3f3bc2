import type { EndReason, TrackSourceName } from '../recorder/track_index.ts'
import type { SegmentRecord } from './read_take.ts'

/** Why there is no sound or picture for a while. */
export type GapReason =
  'muted' | 'no_data' | 'recorder_killed' | Exclude<EndReason, 'stopped'> | 'recording_off'

/** All times of the manifest are ms since the meeting's zero; those before it are negative. */
export interface ManifestGap {
  fromMs: number
  toMs: number
  reason: GapReason
}

export interface ManifestTrack {
  source: TrackSourceName
  startMs: number
  endMs: number
  gaps: ManifestGap[]
  /** Packets that never came, though asked for again. */
  losses: { atMs: number; packets: number }[]
  takes: { folder: string; trackSid: string; startMs: number; endMs: number; segments: SegmentRecord[] }[]
}

/** One playable file: a camera with its microphone, or a shared screen with its sound. Its time 0 is the zero. */
export interface ManifestFile {
  file: string
  content: 'camera' | 'screen'
  picture: boolean
  sound: boolean
  durationMs: number
  bytes: number
  sha256: string
  tracks: ManifestTrack[]
}

export interface ManifestParticipant {
  identity: string
  name: string
  files: ManifestFile[]
}

export interface RecordingManifest {
  version: 1
  /** The meeting's zero as an ISO date. */
  zero: string
  durationMs: number
  /** 演示: made from generated frames, not of a meeting. */
  demonstration: boolean
  participants: ManifestParticipant[]
  /** Segments that are not as their writer left them. */
  damaged: { take: string; file: string; state: 'altered' | 'missing' }[]
}
