import { io, type Socket } from 'socket.io-client'
import { newId } from '#core/ids'
import { receive, type Replica } from '#lib/room/apply_event'
import type { Ack, OperationPayloads, OperationType } from '#lib/room/operations'
import type { ClientMessages, JoinAnswer, Me, ServerMessages } from '#lib/room/protocol'
import { EMPTY, type Parts } from '#lib/room/state'
import { stateHash } from '#lib/room/state_hash'
import type { Channel } from '#lib/room/words'
import type { Person } from '#tests/support/person'

type Replicas = { [C in Channel]?: Replica<C> }

/**
 * A page of the room without its pixels: keeps a replica of each channel, sends every operation again until
 * it is acknowledged, and resumes by its cursors after each loss of the line.
 */
export class RoomClient {
  readonly socket: Socket<ServerMessages, ClientMessages>
  replicas: Replicas = {}
  me: Me | null = null
  entered = false
  /** Why the last handshake failed. */
  refused: string | null = null
  readonly removed: string[] = []
  readonly heard: string[] = []
  #resuming: Promise<void> = Promise.resolve()
  #online: Promise<void>
  #goOnline: () => void = () => undefined
  #closed = false

  constructor(
    readonly person: Person,
    readonly reviewId: string,
    url = person.url
  ) {
    this.#online = new Promise((resolve) => (this.#goOnline = resolve))
    this.socket = io(`${url}/rooms`, {
      transports: ['websocket'],
      extraHeaders: { cookie: person.cookieHeader },
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 300,
    })
    this.socket.on('connect', () => {
      if (this.me) this.#resuming = this.#resuming.then(() => this.resume())
      this.#goOnline()
    })
    this.socket.on('connect_error', (error) => {
      this.refused = error.message
    })
    this.socket.on('disconnect', () => {
      this.#online = new Promise((resolve) => (this.#goOnline = resolve))
    })
    this.socket.on('events', ({ reviewId, channel, events }) => {
      this.heard.push(...events.map((event) => `${channel}:${event.type}`))
      if (reviewId !== this.reviewId || !this.replicas[channel]) return
      const next = receive(this.replicas[channel] as Replica<Channel>, events)
      if (next) this.replicas = { ...this.replicas, [channel]: next }
      else this.#resuming = this.#resuming.then(() => this.resume())
    })
    this.socket.on('channels', ({ channels, me }) => {
      this.me = me
      this.replicas = Object.fromEntries(
        Object.entries(this.replicas).filter(([channel]) => channels.includes(channel as Channel))
      )
      this.#resuming = this.#resuming.then(() => this.resume())
    })
    this.socket.on('removed', ({ why }) => {
      this.removed.push(why)
      this.replicas = {}
      this.entered = false
    })
  }

  async join(enter: boolean): Promise<JoinAnswer> {
    const answer = await this.#ask<JoinAnswer>((send) =>
      this.socket.emit('join', { reviewId: this.reviewId, enter }, send)
    )
    if (answer.ok) this.entered = enter
    return this.#take(answer)
  }

  /** What a page does after each reconnect, and at a hole in the numbers. */
  async resume(): Promise<void> {
    if (this.#closed) return
    const cursors = Object.fromEntries(
      Object.entries(this.replicas).map(([channel, replica]) => [channel, replica.seq])
    )
    const { reviewId } = this
    const known = this.entered
      ? (send: (joined: JoinAnswer) => void) =>
          this.socket.emit('join', { reviewId, enter: true, cursors }, send)
      : (send: (joined: JoinAnswer) => void) => this.socket.emit('resume', { reviewId, cursors }, send)
    const answer = await this.#ask<JoinAnswer>(known).catch((error: Error) => {
      if (this.#closed) return null
      throw error
    })
    if (answer) this.#take(answer)
  }

  /** Sends until it is acknowledged, always under the same id. */
  async op<T extends OperationType>(type: T, payload: OperationPayloads[T], opId = newId()): Promise<Ack> {
    const operation = { opId, reviewId: this.reviewId, type, payload }
    return this.#ask((send) => this.socket.emit('op', operation, send))
  }

  async must<T extends OperationType>(type: T, payload: OperationPayloads[T]): Promise<void> {
    const ack = await this.op(type, payload)
    if (!ack.ok) throw new Error(`${this.me?.role} ${type}: ${JSON.stringify(ack.error)}`)
  }

  state<C extends Channel>(channel: C): Parts[C] {
    const replica = this.replicas[channel] as Replica<C> | undefined
    return replica?.state ?? (EMPTY[channel]() as Parts[C])
  }

  hash(channel: Channel): string | null {
    const replica = this.replicas[channel]
    return replica ? stateHash(replica.state) : null
  }

  close(): void {
    this.#closed = true
    this.#goOnline()
    this.socket.disconnect()
  }

  async #ask<T>(emit: (send: (answer: T) => void) => void): Promise<T> {
    for (let tries = 0; tries < 6; tries++) {
      await Promise.race([this.#online, new Promise((resolve) => setTimeout(resolve, 10_000))])
      if (this.#closed) break
      if (!this.socket.connected) continue
      const answer = await Promise.race([
        new Promise<T>((resolve) => emit(resolve)),
        new Promise<null>((resolve) => {
          this.socket.once('disconnect', () => resolve(null))
          setTimeout(() => resolve(null), 8000)
        }),
      ])
      if (answer !== null) return answer
    }
    throw new Error(`no answer from the room: ${this.refused}`)
  }

  #take(answer: JoinAnswer): JoinAnswer {
    if (!answer.ok) return answer
    this.me = answer.me
    for (const channel of ['room', 'panel', 'own'] as const) {
      const part = answer[channel]
      if (!part) continue
      const known = this.replicas[channel] as Replica<Channel> | undefined
      const base =
        'state' in part ? { channel, seq: part.seq, state: part.state } : known && receive(known, part.events)
      if (base && (!known || base.seq >= known.seq)) this.replicas = { ...this.replicas, [channel]: base }
    }
    return answer
  }
}
