/** Why there is no video. The reader's language is chosen by the frontend; `detail` is for the log. */
export type MediaUnavailableReason =
  | 'not_configured'
  | 'no_binary_for_platform'
  | 'go_missing'
  | 'build_failed'
  | 'start_failed'
  | 'crashing'
  | 'stopped'

export type MediaHealth =
  | { state: 'starting' }
  | { state: 'running'; since: Date }
  | { state: 'restarting'; since: Date }
  | { state: 'unavailable'; reason: MediaUnavailableReason; detail: string }

/** What every user of a media server needs, whoever runs it. */
export interface MediaEndpoint {
  /** WebSocket address for browsers and the recorder, as ws:// or wss:// without a path. */
  url: string
  apiKey: string
  /** At least 32 characters. */
  apiSecret: string
}

/** Room options that survive a restart of the server. */
export interface RoomSpecification {
  name: string
  maxParticipants: number
  metadata: string
}

export interface MediaServer {
  readonly endpoint: MediaEndpoint | null
  readonly health: MediaHealth
  /** Calls back on each change of health; returns the way to stop listening. */
  onHealth(listener: (health: MediaHealth) => void): () => void
  /** Rooms to create again by themselves after a restart of the server. */
  keepRoom(room: RoomSpecification): void
  forgetRoom(name: string): void
  stop(): Promise<void>
}
