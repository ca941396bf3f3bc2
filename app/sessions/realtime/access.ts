import type { Actor } from '#core/actor'
import type { Channel } from '#lib/room/words'
import { viewerOf, type Viewer } from '#sessions/policies/viewer'
import { toMe } from '#sessions/queries/parts'
import { sessionOf } from '#sessions/queries/sessions'
import type { Attendance } from '#sessions/realtime/attendance'
import type { Connection, Watching } from '#sessions/realtime/connection'
import { actorOfWebSession } from '#sessions/realtime/web_session'

/** Keeps what the open sockets receive in line with what the database grants. */
export class Access {
  readonly #connections: ReadonlySet<Connection>
  readonly #attendance: Attendance

  constructor(connections: ReadonlySet<Connection>, attendance: Attendance) {
    this.#connections = connections
    this.#attendance = attendance
  }

  /** Who this connection is now; null closes it: signed out, expired, or the capacity has ended. */
  async actorOf(connection: Connection): Promise<Actor | null> {
    const actor = await actorOfWebSession(connection.webSessionId)
    if (actor?.userId === connection.userId) return actor
    connection.socket.emit('signed_out', {})
    connection.socket.disconnect(true)
    return null
  }

  /** `web:<id>` or `user:<id>`: something has changed about them. */
  async heard(payload: string): Promise<void> {
    const [kind, id] = [payload.slice(0, payload.indexOf(':')), payload.slice(payload.indexOf(':') + 1)]
    for (const connection of [...this.#connections]) {
      if ((kind === 'web' ? connection.webSessionId : connection.userId) === id)
        await this.#refresh(connection)
    }
  }

  async refreshAll(): Promise<void> {
    for (const connection of [...this.#connections]) await this.#refresh(connection)
  }

  /** After a change of phase, seats or seal: everybody in the review. */
  async refreshReview(reviewId: string): Promise<void> {
    for (const connection of [...this.#connections]) {
      if (connection.reviews.has(reviewId)) await this.#refresh(connection, reviewId)
    }
  }

  async #refresh(connection: Connection, only?: string): Promise<void> {
    const actor = await this.actorOf(connection)
    if (!actor) return
    for (const [reviewId, watching] of [...connection.reviews]) {
      if (only !== undefined && reviewId !== only) continue
      const session = await sessionOf(reviewId)
      const viewer = session && (await viewerOf(actor, session))
      await this.#apply(connection, reviewId, watching, viewer)
    }
  }

  async #apply(
    connection: Connection,
    reviewId: string,
    watching: Watching,
    viewer: Viewer | null
  ): Promise<void> {
    const before = watching.viewer
    const seatId = before.seat?.id ?? null
    if (!viewer) {
      connection.leave(reviewId, ['room', 'panel', 'own'], seatId)
      connection.reviews.delete(reviewId)
      await this.#attendance.gone(watching, reviewId)
      connection.socket.emit('removed', { reviewId, why: 'excused' })
      return
    }
    watching.viewer = viewer
    if (!viewer.channels.includes('room')) return this.#shutOut(connection, reviewId, watching)
    if (watching.waiting) {
      watching.waiting = false
      connection.socket.emit('readmitted', { reviewId })
      return
    }
    if (sameChannels(before.channels, viewer.channels)) return
    const lost = before.channels.filter((channel) => !viewer.channels.includes(channel))
    connection.leave(reviewId, lost, seatId)
    connection.join(reviewId, viewer.channels, viewer.seat?.id ?? null)
    connection.socket.emit('channels', {
      reviewId,
      channels: viewer.channels,
      me: toMe(viewer),
      why: 'access',
    })
  }

  /** MEET-7: out of video, documents and socket rooms at once. */
  async #shutOut(connection: Connection, reviewId: string, watching: Watching): Promise<void> {
    if (watching.waiting) return
    watching.waiting = true
    connection.leave(reviewId, ['room', 'panel'], null)
    connection.socket.emit('removed', { reviewId, why: 'deliberation' })
    await this.#attendance.gone(watching, reviewId)
  }
}

function sameChannels(a: readonly Channel[], b: readonly Channel[]): boolean {
  return a.length === b.length && a.every((channel) => b.includes(channel))
}
