import { io, type Socket } from 'socket.io-client'
import { newId } from '#core/ids'
import type { OperationPayloads, OperationType } from '#lib/room/operations'
import type { Ack, ClientMessages, JoinAnswer, RoomEvent, ServerMessages } from '#lib/room/protocol'
import type { DemoPerson } from '#bin/bench/support/demo_person'

/** One page of the review room, without its pixels: receives what the page would. */
export class Screen {
  readonly #socket: Socket<ServerMessages, ClientMessages>

  /** Own opinions are handed in. */
  complete = false

  private constructor(
    readonly person: DemoPerson,
    readonly reviewId: string
  ) {
    this.#socket = io(`${person.url}/rooms`, {
      transports: ['websocket'],
      extraHeaders: { cookie: person.cookie },
      forceNew: true,
    })
  }

  /** Into the meeting, having agreed to the recording. @throws when the room refuses. */
  static async enter(person: DemoPerson, reviewId: string): Promise<Screen> {
    await person.send('POST', `/api/sessions/${reviewId}/consent`, { agreed: true })
    const screen = new Screen(person, reviewId)
    const joined = await new Promise<JoinAnswer>((resolve, reject) => {
      screen.#socket.once('connect_error', reject)
      screen.#socket.emit('join', { reviewId, enter: true }, resolve)
    })
    if (!joined.ok) throw new Error(`entering: ${JSON.stringify(joined.error)}`)
    screen.complete = joined.me.complete
    return screen
  }

  /** Hands over each event as it arrives. */
  onEvent(listener: (event: RoomEvent) => void): void {
    this.#socket.on('events', ({ events }) => events.forEach(listener))
  }

  /** @throws when the operation is refused. */
  async must<T extends OperationType>(type: T, payload: OperationPayloads[T]): Promise<void> {
    const operation = { opId: newId(), reviewId: this.reviewId, type, payload }
    const ack = await new Promise<Ack>((resolve) => this.#socket.emit('op', operation, resolve))
    if (!ack.ok) throw new Error(`${type}: ${JSON.stringify(ack.error)}`)
  }

  close(): void {
    this.#socket.disconnect()
  }
}
