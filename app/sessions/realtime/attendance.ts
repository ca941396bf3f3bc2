import logger from '@adonisjs/core/services/logger'
import { businessNow } from '#core/clock/business_clock'
import { closeForsaken, closeSpan, openSpan, touchSpans } from '#sessions/presence/spans'
import { GRACE_MS, settleRoom } from '#sessions/presence/settle'
import type { Connection, Watching } from '#sessions/realtime/connection'
import type { Viewer } from '#sessions/policies/viewer'

const TOUCH_MS = 1_000
/** A connection whose process has said nothing for so long is gone with it. */
const FORSAKEN_MS = 5_000
/** The media server is asked for its list less often. */
const FORSAKEN_MEDIA_MS = 30_000

/** Comings and goings of this process's connections (MEET-2, MEET-4). */
export class Attendance {
  readonly #connections: ReadonlySet<Connection>
  readonly #timers = new Set<NodeJS.Timeout>()
  #beat: NodeJS.Timeout | null = null
  #beating: Promise<void> = Promise.resolve()

  constructor(connections: ReadonlySet<Connection>) {
    this.#connections = connections
  }

  start(): void {
    const beat = () => {
      this.#beating = this.#touch()
        .catch((error) => logger.error({ err: error }, 'review room: attendance'))
        .then(() => {
          this.#beat = setTimeout(beat, TOUCH_MS)
        })
    }
    beat()
  }

  async came(connection: Connection, reviewId: string, viewer: Viewer): Promise<string> {
    const { userId, name, role, seat, organisation } = viewer
    const person = { userId, name, role, seatId: seat?.id ?? null, organisation }
    const spanId = await openSpan({
      reviewId,
      person,
      source: 'socket',
      connection: connection.socket.id,
      at: businessNow(),
    })
    await settleRoom(reviewId)
    return spanId
  }

  /** The connection is closed: its spans end when it was last heard of, presence a little later. */
  async left(connection: Connection): Promise<void> {
    for (const [reviewId, { spanId }] of connection.reviews) {
      if (!spanId) continue
      await closeSpan(spanId, connection.heardAt)
      this.#settleLater(reviewId)
    }
  }

  /** Left the room, or was shut out of it, while the connection goes on. */
  async gone(watching: Watching, reviewId: string): Promise<void> {
    if (!watching.spanId) return
    const { spanId } = watching
    watching.spanId = null
    watching.entered = false
    await closeSpan(spanId, businessNow())
    await settleRoom(reviewId)
    this.#settleLater(reviewId)
  }

  async stop(): Promise<void> {
    await this.#beating
    if (this.#beat) clearTimeout(this.#beat)
    for (const timer of this.#timers) clearTimeout(timer)
    for (const connection of this.#connections) {
      for (const spanId of connection.spanIds()) await closeSpan(spanId, businessNow())
      connection.reviews.clear()
    }
  }

  async #touch(): Promise<void> {
    await touchSpans([...this.#connections].flatMap((connection) => connection.spanIds()))
    const now = businessNow().getTime()
    const reviews = await closeForsaken('socket', new Date(now - FORSAKEN_MS))
    await closeForsaken('media', new Date(now - FORSAKEN_MEDIA_MS))
    for (const reviewId of reviews) this.#settleLater(reviewId)
  }

  #settleLater(reviewId: string): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      settleRoom(reviewId).catch((error) => logger.error({ err: error }, 'review room: presence'))
    }, GRACE_MS + 50)
    this.#timers.add(timer)
  }
}
