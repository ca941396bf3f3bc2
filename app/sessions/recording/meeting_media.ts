import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import pg from 'pg'
import env from '#start/env'
import type { ServerMessages } from '#lib/room/protocol'
import { NoMediaServer, openMediaServer } from '#sessions/media/media_server'
import type { MediaHealth, MediaServer } from '#sessions/media/media_health'
import { MediaRooms } from '#sessions/media/media_rooms'
import { LiveMeeting } from '#sessions/recording/live_meeting'
import { finishRecording } from '#sessions/recording/finish_recording'
import { onEvents } from '#sessions/realtime/announcements'

const LIVE = ['in_session', 'paused', 'deliberation', 'read_out', 'concluded']
const TICK_MS = 5_000
/** First half of the advisory lock's key: one process serves a meeting's media. */
const LOCK_SPACE = 0x6c7a

type TellRoom = (reviewId: string, message: Parameters<ServerMessages['media']>[0]) => void

/**
 * Video and recording of the meetings that are on. The media server is opened when the first meeting needs
 * it. Of several app processes one holds a meeting, by a lock of the database that ends with the process, so
 * that another takes over after a crash.
 */
export class MeetingMedia {
  #server: MediaServer | null = null
  #meetings = new Map<string, LiveMeeting>()
  #locks: pg.Client | null = null
  #tellRoom: TellRoom = () => undefined
  #timer: NodeJS.Timeout | null = null
  #tick: Promise<void> = Promise.resolve()
  #stopping = false
  #off: () => void = () => undefined

  get server(): MediaServer {
    this.#server ??= this.#open()
    return this.#server
  }

  /** Without opening a server for the question. */
  get health(): MediaHealth {
    return this.#server?.health ?? { state: 'starting' }
  }

  get rooms(): MediaRooms {
    return new MediaRooms(this.server)
  }

  async start(tellRoom: TellRoom): Promise<void> {
    this.#tellRoom = tellRoom
    this.#off = onEvents(({ types }) => {
      if (
        types.some((type) =>
          ['meeting.opened', 'phase.changed', 'seats.changed', 'scribe.dismissed', 'person.left'].includes(
            type
          )
        )
      )
        this.#soon(0)
    })
    this.#soon(TICK_MS)
  }

  async stop(): Promise<void> {
    this.#stopping = true
    this.#off()
    if (this.#timer) clearTimeout(this.#timer)
    await this.#tick
    await Promise.all([...this.#meetings.values()].map((meeting) => meeting.stop()))
    await this.#server?.stop()
    await this.#locks?.end()
  }

  #open(): MediaServer {
    if (process.env.MEDIA === 'off') return new NoMediaServer('not_configured', 'MEDIA=off')
    const server = openMediaServer({
      projectRoot: app.appRoot.pathname,
      onLog: (line) => logger.debug({ line }, 'livekit'),
    })
    server.onHealth((health) => {
      for (const reviewId of this.#meetings.keys()) this.#tell(reviewId, health)
      this.#soon(0)
    })
    return server
  }

  #soon(delay: number): void {
    if (this.#stopping) return
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#tick = this.#tick
        .then(() => this.#work())
        .catch((error) => logger.error({ err: error }, 'review room: media'))
        .then(() => this.#soon(TICK_MS))
    }, delay)
  }

  async #work(): Promise<void> {
    const sessions = await db
      .from('review_sessions as s')
      .leftJoin('session_recordings as r', 'r.review_id', 's.review_id')
      .whereNotNull('s.started_at')
      .where((query) =>
        query.whereIn('s.phase', LIVE).orWhere((done) => done.whereNotNull('r.id').whereNull('r.finished_at'))
      )
      .select('s.review_id', 's.phase', 's.stage', 's.ended_at', 'r.finished_at', 'r.id as recording_id')
    for (const session of sessions) await this.#serve(session)
    for (const [reviewId, meeting] of this.#meetings) {
      if (sessions.some((session) => session.review_id === reviewId)) continue
      await meeting.stop()
      await this.#release(reviewId)
    }
  }

  async #serve(session: {
    review_id: string
    phase: string
    stage: string
    ended_at: Date | null
    recording_id: string | null
    finished_at: Date | null
  }): Promise<void> {
    const reviewId = session.review_id
    if (!this.#meetings.has(reviewId) && !(await this.#lock(reviewId))) return
    if (LIVE.includes(session.phase)) {
      let meeting = this.#meetings.get(reviewId)
      if (!meeting) {
        meeting = new LiveMeeting(reviewId, this.server, this.rooms, app.appRoot.pathname)
        this.#meetings.set(reviewId, meeting)
      }
      await meeting.follow(session)
      this.#tell(reviewId, this.health)
    }
    if (session.ended_at === null || session.recording_id === null || session.finished_at !== null) return
    await this.#meetings.get(reviewId)?.stopRecording()
    await finishRecording(reviewId)
    if (!LIVE.includes(session.phase)) {
      await this.#meetings.get(reviewId)?.stop()
      await this.#release(reviewId)
    }
  }

  #tell(reviewId: string, health: MediaHealth): void {
    const reason = health.state === 'unavailable' ? { reason: health.reason } : {}
    const recording = this.#meetings.get(reviewId)?.recording ?? 'off'
    this.#tellRoom(reviewId, { reviewId, health: { state: health.state, ...reason }, recording })
  }

  async #lock(reviewId: string): Promise<boolean> {
    if (!this.#locks) {
      const client = new pg.Client({ connectionString: env.get('DATABASE_URL'), keepAlive: true })
      // The locks are gone with the connection: what is running stops, and is taken up again by whoever gets them.
      client.on('error', (error) => {
        logger.warn({ err: error }, 'review room: media lock lost')
        this.#locks = null
        for (const meeting of this.#meetings.values()) void meeting.stop()
        this.#meetings.clear()
      })
      await client.connect()
      this.#locks = client
    }
    const result = await this.#locks.query('SELECT pg_try_advisory_lock($1, hashtext($2)) AS got', [
      LOCK_SPACE,
      reviewId,
    ])
    return result.rows[0].got
  }

  async #release(reviewId: string): Promise<void> {
    this.#meetings.delete(reviewId)
    await this.#locks?.query('SELECT pg_advisory_unlock($1, hashtext($2))', [LOCK_SPACE, reviewId])
  }
}

export const meetingMedia = new MeetingMedia()
