import type { Socket } from 'socket.io'
import { businessNow } from '#core/clock/business_clock'
import type { ClientMessages, ServerMessages } from '#lib/room/protocol'
import type { Channel } from '#lib/room/words'
import type { Viewer } from '#sessions/policies/viewer'

export type RoomSocket = Socket<ClientMessages, ServerMessages>

/** What one connection receives of one review. */
export interface Watching {
  viewer: Viewer
  /** Into the meeting, not only to their own opinions. */
  entered: boolean
  /** The row of its presence, while it is in the room. */
  spanId: string | null
  /** Shut out while the panel deliberates; told when it is over. */
  waiting: boolean
}

/** One browser tab. Who it is, is asked of the database again at each step; this is what it was told last. */
export class Connection {
  readonly reviews = new Map<string, Watching>()
  /** When something was last heard of it, business time: a line that died has left then, not when it was noticed. */
  heardAt = businessNow()

  constructor(
    readonly socket: RoomSocket,
    readonly webSessionId: string,
    readonly userId: string
  ) {
    socket.conn.on('packet', () => {
      this.heardAt = businessNow()
    })
  }

  join(reviewId: string, channels: readonly Channel[], seatId: string | null): void {
    for (const channel of channels) void this.socket.join(roomName(reviewId, channel, seatId))
  }

  leave(reviewId: string, channels: readonly Channel[], seatId: string | null): void {
    for (const channel of channels) void this.socket.leave(roomName(reviewId, channel, seatId))
  }

  spanIds(): string[] {
    return [...this.reviews.values()].flatMap((watching) => watching.spanId ?? [])
  }
}

/** Socket.IO's name for those who receive a channel. */
export function roomName(reviewId: string, channel: Channel, seatId: string | null): string {
  return channel === 'own' ? `${reviewId}/seat:${seatId}` : `${reviewId}/${channel}`
}
