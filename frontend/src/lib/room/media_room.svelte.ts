import type { Participant, Room, TrackPublication } from 'livekit-client'
import { ApiError, api } from '../api/client.ts'

/** Why there is no video, or that it is on its way. */
export type MediaState = 'off' | 'connecting' | 'on' | 'reconnecting' | 'unavailable'
export type Quality = 'good' | 'poor' | 'lost' | 'unknown'

/** One person's picture and voice as they stand. */
export interface Tile {
  identity: string
  camera: TrackPublication | null
  screen: TrackPublication | null
  microphoneOn: boolean
  speaking: boolean
  quality: Quality
  here: boolean
}

export interface MediaChoice {
  camera: boolean
  microphone: boolean
  cameraId?: string
  microphoneId?: string
}

interface TokenAnswer {
  url: string
  token: string
  room: string
}

const retryMs = [500, 1000, 2000, 4000, 8000]

/** Voice and picture. The meeting goes on without: whatever fails here is said, never thrown. */
export class MediaRoom {
  state = $state<MediaState>('off')
  /** Reason of `unavailable`, as the server names it. */
  reason = $state('')
  tiles = $state.raw<Tile[]>([])
  cameraOn = $state(false)
  microphoneOn = $state(false)
  sharing = $state(false)
  quality = $state<Quality>('unknown')
  /** The person, or the weak line, does without pictures. */
  audioOnly = $state(false)
  /** What the browser said when a device was switched on. */
  deviceProblem = $state<string | null>(null)
  /** The browser plays no sound before a click. */
  soundBlocked = $state(false)
  onSpeaking: (on: boolean) => void = () => undefined
  #room: Room | null = null
  #reviewId: string
  #choice: MediaChoice = { camera: false, microphone: false }
  #wanted = false
  #attempt = 0
  #retry: ReturnType<typeof setTimeout> | null = null
  #poorSince = 0

  constructor(reviewId: string) {
    this.#reviewId = reviewId
  }

  async start(choice: MediaChoice): Promise<void> {
    this.#choice = choice
    this.#wanted = true
    await this.#connect()
  }

  async stop(): Promise<void> {
    this.#wanted = false
    if (this.#retry) clearTimeout(this.#retry)
    const room = this.#room
    this.#room = null
    await room?.disconnect()
    this.state = 'off'
    this.#read()
  }

  async setMicrophone(on: boolean): Promise<void> {
    await this.#device(async (room) => {
      await room.localParticipant.setMicrophoneEnabled(on, { deviceId: this.#choice.microphoneId })
      this.#choice.microphone = on
    })
  }

  async setCamera(on: boolean): Promise<void> {
    await this.#device(async (room) => {
      await room.localParticipant.setCameraEnabled(on, { deviceId: this.#choice.cameraId })
      this.#choice.camera = on
    })
  }

  async setSharing(on: boolean): Promise<void> {
    await this.#device(async (room) => {
      await room.localParticipant.setScreenShareEnabled(on)
    })
  }

  /** Pictures of others are not fetched any more, or again; the own camera goes off with them. */
  async setAudioOnly(on: boolean): Promise<void> {
    this.audioOnly = on
    for (const participant of this.#room?.remoteParticipants.values() ?? []) {
      for (const publication of participant.videoTrackPublications.values()) {
        publication.setSubscribed(!on)
      }
    }
    if (on && this.cameraOn) await this.setCamera(false)
    this.#read()
  }

  /** By a click of the person. */
  async playSound(): Promise<void> {
    await this.#room?.startAudio()
    this.soundBlocked = false
  }

  async #connect(): Promise<void> {
    // No video stays no video until there is some.
    if (this.state !== 'unavailable') this.state = this.#attempt === 0 ? 'connecting' : 'reconnecting'
    try {
      const given = await api.get<TokenAnswer>(`/api/sessions/${this.#reviewId}/media-token`)
      const livekit = await import('livekit-client')
      livekit.setLogLevel('warn')
      const room = new livekit.Room({ adaptiveStream: true, dynacast: true, stopLocalTrackOnUnpublish: true })
      this.#listen(room, livekit.RoomEvent)
      this.#room = room
      await room.connect(given.url, given.token)
      if (!this.#wanted) return void room.disconnect()
      this.#attempt = 0
      this.state = 'on'
      if (this.audioOnly) await this.setAudioOnly(true)
      if (this.#choice.microphone) await this.setMicrophone(true)
      if (this.#choice.camera && !this.audioOnly) await this.setCamera(true)
      this.#read()
    } catch (error) {
      this.#failed(error)
    }
  }

  #failed(error: unknown): void {
    const known = error instanceof ApiError ? error : null
    if (known && (known.status === 404 || known.status === 403)) {
      // No place in the media room at this moment (闭门合议): the room itself says why.
      this.state = 'off'
      return
    }
    if (known?.code === 'E_MEDIA_UNAVAILABLE') {
      this.state = 'unavailable'
      this.reason = String(known.params.reason ?? '')
      // A server that is still being built or restarted comes up later.
      this.#again(15_000)
      return
    }
    console.warn('media', error)
    this.#again(retryMs[Math.min(this.#attempt, retryMs.length - 1)]!)
  }

  #again(afterMs: number): void {
    if (!this.#wanted) return
    this.#attempt++
    if (this.#attempt > retryMs.length && this.state !== 'unavailable') {
      this.state = 'unavailable'
      this.reason = 'no_connection'
    }
    if (this.#retry) clearTimeout(this.#retry)
    this.#retry = setTimeout(() => void this.#connect(), afterMs)
  }

  #listen(room: Room, events: typeof import('livekit-client').RoomEvent): void {
    const read = () => this.#read()
    for (const event of [
      events.ParticipantConnected,
      events.ParticipantDisconnected,
      events.TrackSubscribed,
      events.TrackUnsubscribed,
      events.TrackMuted,
      events.TrackUnmuted,
      events.LocalTrackPublished,
      events.LocalTrackUnpublished,
      events.ActiveSpeakersChanged,
    ] as const) {
      room.on(event, read)
    }
    room.on(events.TrackPublished, (publication) => {
      if (this.audioOnly && publication.kind === 'video') publication.setSubscribed(false)
      read()
    })
    room.on(events.ConnectionQualityChanged, (quality, participant) => {
      if (participant.isLocal) this.#judge(quality as Quality)
      read()
    })
    room.on(events.Reconnecting, () => (this.state = 'reconnecting'))
    room.on(events.Reconnected, () => (this.state = 'on'))
    room.on(events.Disconnected, () => {
      if (this.#room !== room) return
      this.#room = null
      read()
      // The client gives up after two seconds; the meeting does not.
      if (this.#wanted) {
        this.state = 'reconnecting'
        this.#again(retryMs[0]!)
      }
    })
    // Voices have no place on the page: each gets an element of its own, out of sight.
    room.on(events.TrackSubscribed, (track) => {
      if (track.kind === 'audio') document.body.append(hidden(track.attach()))
    })
    room.on(events.TrackUnsubscribed, (track) => {
      if (track.kind === 'audio') for (const element of track.detach()) element.remove()
    })
    room.on(events.AudioPlaybackStatusChanged, () => (this.soundBlocked = !room.canPlaybackAudio))
    let speaking = false
    room.on(events.ActiveSpeakersChanged, () => {
      if (room.localParticipant.isSpeaking === speaking) return
      speaking = room.localParticipant.isSpeaking
      this.onSpeaking(speaking)
    })
  }

  /** A line that stays poor for ten seconds carries voice and documents only. */
  #judge(quality: Quality): void {
    this.quality = quality
    if (quality !== 'poor' && quality !== 'lost') this.#poorSince = 0
    else if (this.#poorSince === 0) this.#poorSince = Date.now()
    if (this.#poorSince > 0 && Date.now() - this.#poorSince > 10_000 && !this.audioOnly) {
      void this.setAudioOnly(true)
    }
  }

  async #device(work: (room: Room) => Promise<void>): Promise<void> {
    const room = this.#room
    if (!room) return
    try {
      this.deviceProblem = null
      await work(room)
    } catch (error) {
      // Closing the browser's choice of window to share is no fault.
      const name = error instanceof Error ? error.name : ''
      this.deviceProblem =
        name === 'NotAllowedError' ? 'blocked' : name === 'NotFoundError' ? 'none_found' : 'in_use'
      console.warn('device', error)
    }
    this.#read()
  }

  #read(): void {
    const room = this.#room
    const local = room?.localParticipant
    this.cameraOn = local?.isCameraEnabled ?? false
    this.microphoneOn = local?.isMicrophoneEnabled ?? false
    this.sharing = local?.isScreenShareEnabled ?? false
    const all: Participant[] = room ? [room.localParticipant, ...room.remoteParticipants.values()] : []
    this.tiles = all.filter((one) => one.identity !== '').map(tileOf)
  }
}

function hidden(element: HTMLMediaElement): HTMLMediaElement {
  element.hidden = true
  return element
}

function tileOf(participant: Participant): Tile {
  const published = [...participant.trackPublications.values()]
  const shown = (source: string) =>
    published.find((one) => one.source === source && one.track && !one.isMuted) ?? null
  return {
    identity: participant.identity,
    camera: shown('camera'),
    screen: shown('screen_share'),
    microphoneOn: participant.isMicrophoneEnabled,
    speaking: participant.isSpeaking,
    quality: participant.connectionQuality as Quality,
    here: true,
  }
}
