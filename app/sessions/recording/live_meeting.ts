import { join } from 'node:path'
import logger from '@adonisjs/core/services/logger'
import env from '#start/env'
import { regulation } from '#core/jurisdiction'
import type { RecordingState } from '#lib/room/events'
import type { MediaServer } from '#sessions/media/media_health'
import type { MediaRooms } from '#sessions/media/media_rooms'
import { RecorderSupervisor } from '#sessions/media/recorder_supervisor'
import type { RecorderMessage } from '#sessions/media/recorder/recorder_messages'
import { beginRecording, tellRecording } from '#sessions/recording/recording_rows'
import { fuseMediaPresence } from '#sessions/recording/fuse_media_presence'
import { expelFromMedia } from '#sessions/recording/expel_from_media'
import { mediaRoom } from '#sessions/recording/room_name'

const MOST_PARTICIPANTS = 30

/** The media of one meeting that is on: its room, its recorder, and who of it may be there. */
export class LiveMeeting {
  readonly #reviewId: string
  readonly #server: MediaServer
  readonly #rooms: MediaRooms
  readonly #projectRoot: string
  #recorder: RecorderSupervisor | null = null
  #opened = false
  #told: RecordingState | null = null
  #telling: Promise<void> = Promise.resolve()

  constructor(reviewId: string, server: MediaServer, rooms: MediaRooms, projectRoot: string) {
    this.#reviewId = reviewId
    this.#server = server
    this.#rooms = rooms
    this.#projectRoot = projectRoot
  }

  get recording(): RecordingState {
    return this.#told ?? 'off'
  }

  /** Brings room and recorder in line with the meeting; called each few seconds and at each change. */
  async follow({ phase, stage }: { phase: string; stage: string }): Promise<void> {
    const { state } = this.#server.health
    if (state === 'unavailable') return this.#tell('unavailable')
    if (state !== 'running') return
    if (!this.#opened) {
      const opened = await this.#rooms.create({
        name: mediaRoom(this.#reviewId),
        maxParticipants: MOST_PARTICIPANTS,
        metadata: '',
      })
      if (!opened.ok) return
      this.#opened = true
    }
    await expelFromMedia(this.#reviewId, this.#rooms)
    await fuseMediaPresence(this.#reviewId, this.#rooms)
    if (phase === 'concluded' || !(await isRecorded(stage))) return this.stopRecording()
    if (this.#recorder) return
    const folder = join('recordings', this.#reviewId)
    await beginRecording(this.#reviewId, folder)
    this.#recorder = new RecorderSupervisor({
      server: this.#server,
      room: mediaRoom(this.#reviewId),
      folder: join(env.get('VAR_DIR'), folder),
      projectRoot: this.#projectRoot,
      onMessage: (message) => this.#heard(message),
    })
  }

  async stopRecording(): Promise<void> {
    const recorder = this.#recorder
    this.#recorder = null
    if (recorder) await recorder.stop()
    if (this.#told !== null && this.#told !== 'unavailable') await this.#tell('off')
    await this.#telling
  }

  async stop(): Promise<void> {
    await this.stopRecording()
    if (this.#opened) await this.#rooms.close(mediaRoom(this.#reviewId))
    this.#opened = false
  }

  #heard(message: RecorderMessage): void {
    if (message.type === 'write_failed') logger.error({ message, review: this.#reviewId }, 'recorder')
    if (message.type !== 'state' || !this.#recorder) return
    const states = {
      joining: 'starting',
      recording: 'recording',
      reconnecting: 'reconnecting',
      stopped: 'off',
    } as const
    void this.#tell(states[message.state])
  }

  /** Recording on and off are events of the meeting's own log. */
  #tell(state: RecordingState): Promise<void> {
    if (this.#told === state) return this.#telling
    this.#told = state
    this.#telling = this.#telling
      .then(() => tellRecording(this.#reviewId, state))
      .catch((error) => logger.error({ err: error, review: this.#reviewId }, 'recording state'))
    return this.#telling
  }
}

/** MEET-6: whether the closed deliberation is recorded is a value of the regulation. */
async function isRecorded(stage: string): Promise<boolean> {
  if (stage !== 'deliberation') return true
  return (await regulation()).values['meeting.closed_deliberation_recorded'].value
}
