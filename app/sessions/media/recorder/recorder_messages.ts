import type { EndReason, TrackSourceName } from './track_index.ts'

/** What the parent gives its recorder at the start. */
export interface RecorderConfiguration {
  /** Address of the media server, ws:// or wss://. */
  url: string
  /** Folder of this review's recording; must exist. */
  folder: string
}

/** From the parent: a token for each attempt to join, and the end. */
export type RecorderCommand = { type: 'token'; token: string } | { type: 'stop' }

export type RecorderState = 'joining' | 'recording' | 'reconnecting' | 'stopped'

/** To the parent. Times are wall clock in ms since 1970; `take` is the folder of the track's stretch. */
export type RecorderMessage =
  | { type: 'token_wanted' }
  | { type: 'state'; state: RecorderState; at: number; detail: string }
  | {
      type: 'track_started'
      at: number
      take: string
      identity: string
      trackSid: string
      source: TrackSourceName
    }
  | { type: 'track_ended'; at: number; take: string; identity: string; reason: EndReason }
  | {
      type: 'segment_written'
      take: string
      file: string
      sha256: string
      bytes: number
      fromMs: number
      toMs: number
    }
  | { type: 'loss'; at: number; take: string; packets: number }
  /** Each ten seconds; `udpOverflows` counts packets that the system dropped since its boot (RcvbufErrors). */
  | { type: 'load'; cpuPercent: number; residentBytes: number; udpBufferBytes: number; udpOverflows: number }
  /** The recording is not whole any more, such as by a full disk. */
  | { type: 'write_failed'; at: number; detail: string }
