import db from '@adonisjs/lucid/services/db'
import type { Namespace } from 'socket.io'
import type { RoomEvent } from '#lib/room/events'
import type { ClientMessages, ServerMessages } from '#lib/room/protocol'
import { toEvent } from '#sessions/log/channel_log'
import type { OperationRow } from '#sessions/models/rows'
import type { Access } from '#sessions/realtime/access'
import type { Connection } from '#sessions/realtime/connection'

/** Events after which somebody may receive more or less than before. */
const CHANGES_ACCESS = new Set([
  'meeting.opened',
  'phase.changed',
  'stage.changed',
  'seats.changed',
  'scribe.admitted',
  'scribe.dismissed',
  'own.complete',
  'seat.complete',
])

/**
 * Sends what is in the log to this process's connections, in the order of the log. Access is brought up to
 * date before anything later goes out, so that nobody gets what an earlier event has taken from them.
 */
export class Delivery {
  readonly #rooms: Namespace<ClientMessages, ServerMessages>
  readonly #connections: ReadonlySet<Connection>
  readonly #access: Access
  /** Last number sent, by review. */
  readonly #sent = new Map<string, number>()

  constructor(
    rooms: Namespace<ClientMessages, ServerMessages>,
    connections: ReadonlySet<Connection>,
    access: Access
  ) {
    this.#rooms = rooms
    this.#connections = connections
    this.#access = access
  }

  /** From here on this process follows the review. Called before the joining client reads its snapshot. */
  async follow(reviewId: string): Promise<void> {
    if (this.#sent.has(reviewId)) return
    const row = await db.from('review_sessions').where('review_id', reviewId).select('log_seq').firstOrFail()
    if (!this.#sent.has(reviewId)) this.#sent.set(reviewId, Number(row.log_seq))
  }

  /** `<review>:<seq>`, from the database's notification. */
  async heard(payload: string): Promise<void> {
    const [reviewId, seq] = payload.split(':') as [string, string]
    const sent = this.#sent.get(reviewId)
    if (sent === undefined || sent >= Number(seq)) return
    await this.#send(reviewId, sent)
  }

  /** After a gap in the notifications: whatever is new in the reviews that are followed. */
  async catchUp(): Promise<void> {
    for (const [reviewId, sent] of this.#sent) await this.#send(reviewId, sent)
  }

  async #send(reviewId: string, after: number): Promise<void> {
    if (![...this.#connections].some((connection) => connection.reviews.has(reviewId))) {
      this.#sent.delete(reviewId)
      return
    }
    const rows: OperationRow[] = await db
      .from('room_operations')
      .where('review_id', reviewId)
      .where('seq', '>', after)
      .orderBy('seq')
    for (let at = 0; at < rows.length;) {
      const until = this.#runFrom(rows, at)
      this.#emit(reviewId, rows.slice(at, until))
      this.#sent.set(reviewId, Number(rows[until - 1]!.seq))
      if (CHANGES_ACCESS.has(rows[until - 1]!.type)) await this.#access.refreshReview(reviewId)
      at = until
    }
  }

  /** A run of one channel, ended by whatever changes access. */
  #runFrom(rows: readonly OperationRow[], from: number): number {
    let at = from
    do at += 1
    while (
      at < rows.length &&
      rows[at]!.channel === rows[from]!.channel &&
      !CHANGES_ACCESS.has(rows[at - 1]!.type)
    )
    return at
  }

  #emit(reviewId: string, rows: readonly OperationRow[]): void {
    const key = rows[0]!.channel
    const channel = key === 'room' || key === 'panel' ? key : 'own'
    const events: RoomEvent[] = rows.map(toEvent)
    this.#rooms.to(`${reviewId}/${key}`).emit('events', { reviewId, channel, events })
  }
}
