import { io, type Socket } from 'socket.io-client'
import type {
  Ack,
  Channel,
  ClientMessages,
  Cursors,
  JoinAnswer,
  Me,
  Operation,
  OperationPayloads,
  OperationType,
  RoomEvent,
  ServerMessages,
  Volatile,
} from '@shared/room/protocol.ts'
import { businessClock } from '../session/business_clock.svelte.ts'
import { ItemTexts } from './item_texts.svelte.ts'
import { Replicas, channels } from './replicas.svelte.ts'
import { Sender } from './sender.svelte.ts'
import { VolatileGate } from './volatile_gate.ts'

const answerMs = 8000
const compareMs = 45_000
const retryMs = 1500

type Refused = { code: string; [param: string]: unknown }
type RoomSocket = Socket<ServerMessages, ClientMessages>
export type Out = { why: string } | null

/**
 * One person's place in one review: the socket, the channels' state, what waits to be sent. Without entering
 * it serves the pages before the meeting.
 */
export class RoomClient {
  /** connecting: never been in; lost: was in, and the line is gone. */
  line = $state<'connecting' | 'in_step' | 'lost'>('connecting')
  me = $state.raw<Me>()
  /** Why the server did not let this page in. */
  refused = $state.raw<Refused | null>(null)
  /** Put out of the room (闭门合议, replaced, another window). */
  out = $state.raw<Out>(null)
  signedOut = $state(false)
  media = $state.raw<{ health: { state: string; reason?: string }; recording: string } | null>(null)
  readonly texts: ItemTexts
  readonly sender: Sender
  #replicas = new Replicas()
  readonly #reviewId: string
  readonly #enter: boolean
  readonly #socket: RoomSocket
  readonly #gate: VolatileGate
  #compare: ReturnType<typeof setInterval> | null = null
  #resuming = false
  #again: Cursors | null = null
  #eventListeners = new Set<(channel: Channel, event: RoomEvent) => void>()
  #volatileListeners = new Set<(message: { userId: string } & Volatile) => void>()
  #refusedListeners = new Set<(operation: Operation, error: Refused) => void>()

  constructor(given: { userId: string; reviewId: string; enter: boolean }) {
    this.#reviewId = given.reviewId
    this.#enter = given.enter
    this.#socket = io('/rooms', { path: '/socket.io', autoConnect: false, reconnectionDelayMax: 4000 })
    this.#gate = new VolatileGate((message) => this.#emitVolatile(message))
    this.sender = new Sender({
      userId: given.userId,
      reviewId: given.reviewId,
      transmit: (operation) => this.#socket.timeout(answerMs).emitWithAck('op', operation),
      onRefused: (operation, ack) => this.#tellRefused(operation, ack.error),
    })
    this.texts = new ItemTexts((itemId, update) => void this.#sendText(itemId, update))
    this.#listen()
  }

  get room() {
    return this.#replicas.held.room?.state
  }
  get panel() {
    return this.#replicas.held.panel?.state
  }
  get own() {
    return this.#replicas.held.own?.state
  }

  start(): void {
    void this.sender.start()
    this.#socket.connect()
    this.#compare = setInterval(() => void this.#compareHashes(), compareMs)
  }

  /** Leaves for good; the server is told when there is a line. */
  stop(): void {
    this.texts.flush()
    if (this.#compare) clearInterval(this.#compare)
    this.#gate.stop()
    if (this.#socket.connected && this.#enter) {
      this.#socket.emit('leave', { reviewId: this.#reviewId }, () => this.#socket.disconnect())
    } else this.#socket.disconnect()
    this.sender.stop()
    this.texts.clear()
  }

  send<T extends OperationType>(type: T, payload: OperationPayloads[T]): Promise<Ack> {
    return this.sender.send(type, payload)
  }

  offer(message: Volatile): void {
    if (this.line === 'in_step') this.#gate.offer(message)
  }

  onEvent(listener: (channel: Channel, event: RoomEvent) => void): () => void {
    this.#eventListeners.add(listener)
    return () => this.#eventListeners.delete(listener)
  }
  onVolatile(listener: (message: { userId: string } & Volatile) => void): () => void {
    this.#volatileListeners.add(listener)
    return () => this.#volatileListeners.delete(listener)
  }
  /** Refusals of operations that no button waits for. */
  onRefused(listener: (operation: Operation, error: Refused) => void): () => void {
    this.#refusedListeners.add(listener)
    return () => this.#refusedListeners.delete(listener)
  }

  /** Comes in again after the doors have opened, or from another window. */
  async joinAgain(): Promise<void> {
    this.out = null
    this.refused = null
    if (this.#socket.connected) await this.#join()
    else this.#socket.connect()
  }

  #listen(): void {
    const socket = this.#socket
    socket.on('connect', () => void this.#join())
    socket.on('disconnect', (reason) => {
      this.#lost()
      // Cut by the server without a word: a restart, most of the time. It does not come back by itself.
      if (reason === 'io server disconnect' && !this.signedOut && !this.out) {
        setTimeout(() => socket.connect(), retryMs)
      }
    })
    socket.on('connect_error', (error) => {
      const code = (error as Error & { data?: { code?: string } }).data?.code ?? error.message
      if (code === 'E_SIGN_IN') return this.#signOut()
      this.#lost()
      if (!socket.active) setTimeout(() => socket.connect(), retryMs)
    })
    socket.on('events', ({ reviewId, channel, events }) => {
      if (reviewId !== this.#reviewId || this.out) return
      const fresh = this.#replicas.take(channel, events)
      if (!fresh) return void this.#resume(this.#replicas.cursors)
      for (const event of fresh) this.#tell(channel, event)
    })
    socket.on('channels', ({ reviewId, channels: now, me }) => {
      if (reviewId !== this.#reviewId) return
      this.me = me
      for (const channel of channels) if (!now.includes(channel)) this.#drop(channel)
      void this.#resume(this.#replicas.cursors)
    })
    socket.on('removed', ({ reviewId, why }) => {
      if (reviewId !== this.#reviewId) return
      this.out = { why }
      this.sender.close()
      this.#clear()
    })
    socket.on('readmitted', ({ reviewId }) => {
      if (reviewId === this.#reviewId) void this.joinAgain()
    })
    socket.on('signed_out', () => this.#signOut())
    socket.on('volatile', (message) => {
      if (message.reviewId === this.#reviewId) for (const one of this.#volatileListeners) one(message)
    })
    socket.on('media', ({ reviewId, health, recording }) => {
      if (reviewId === this.#reviewId) this.media = { health, recording }
    })
  }

  async #join(): Promise<void> {
    if (this.out) return
    const message = { reviewId: this.#reviewId, enter: this.#enter, cursors: this.#replicas.cursors }
    await this.#ask(() => this.#socket.timeout(answerMs).emitWithAck('join', message))
  }

  /** One at a time; what is asked for meanwhile is asked once more afterwards. */
  async #resume(cursors: Cursors): Promise<void> {
    if (this.#resuming) {
      this.#again = cursors
      return
    }
    const message = { reviewId: this.#reviewId, cursors }
    await this.#ask(() => this.#socket.timeout(answerMs).emitWithAck('resume', message))
  }

  async #ask(question: () => Promise<JoinAnswer>): Promise<void> {
    this.#resuming = true
    try {
      this.#adopt(await question())
    } catch (error) {
      console.warn('room', error)
      if (this.#socket.connected) setTimeout(() => void this.#join(), retryMs)
    } finally {
      this.#resuming = false
    }
    const again = this.#again
    this.#again = null
    if (again && this.#socket.connected) await this.#resume(this.#replicas.cursors)
  }

  #adopt(answer: JoinAnswer): void {
    if (!answer.ok) {
      this.sender.close()
      // 闭门合议: the server calls when it is over.
      if (answer.error.code === 'E_DELIBERATION') this.out = { why: 'deliberation' }
      else this.refused = answer.error
      return
    }
    this.refused = null
    this.me = answer.me
    businessClock.align(answer.serverTime)
    const { fresh, differing } = this.#replicas.adopt(answer)
    if (answer.docs) this.texts.load(answer.docs, this.#waitingTexts())
    for (const { channel, event } of fresh) this.#tell(channel, event)
    if (differing.length > 0) return this.#fetchWhole(differing)
    this.line = 'in_step'
    this.sender.open()
  }

  #fetchWhole(differing: readonly Channel[]): void {
    console.warn('room: state differs from the server’s, fetched anew', differing)
    for (const channel of differing) this.#replicas.drop(channel)
    this.#again = this.#replicas.cursors
    if (!this.#resuming) void this.#resume(this.#replicas.cursors)
  }

  async #compareHashes(): Promise<void> {
    if (this.line !== 'in_step') return
    try {
      const found = await this.#socket.timeout(answerMs).emitWithAck('hash', { reviewId: this.#reviewId })
      if (!found.ok) return
      const differing = channels.filter(
        (channel) => !this.#replicas.equals(channel, found.positions[channel], found.hashes[channel])
      )
      if (differing.length > 0) this.#fetchWhole(differing)
    } catch (error) {
      // A lost line is noticed by the socket itself.
      console.warn('room hash', error)
    }
  }

  async #sendText(itemId: string, update: string): Promise<void> {
    const ack = await this.sender.send('item.text', { itemId, update })
    if (ack.ok) return
    const operation = {
      opId: ack.opId,
      reviewId: this.#reviewId,
      type: 'item.text',
      payload: { itemId, update },
    }
    this.#tellRefused(operation as Operation, ack.error)
    // The letters are in this page's document and nowhere else: begin from the server's.
    this.#drop('panel')
    void this.#resume(this.#replicas.cursors)
  }

  #waitingTexts(): { itemId: string; update: string }[] {
    return this.sender.waiting
      .filter(({ operation }) => operation.type === 'item.text')
      .map(({ operation }) => operation.payload as OperationPayloads['item.text'])
  }

  #tell(channel: Channel, event: RoomEvent): void {
    if (channel === 'panel') this.texts.receive(event)
    for (const listener of this.#eventListeners) listener(channel, event)
  }

  #tellRefused(operation: Operation, error: Refused): void {
    for (const listener of this.#refusedListeners) listener(operation, error)
  }

  #emitVolatile(message: Volatile): void {
    if (this.#socket.connected) {
      this.#socket.volatile.emit('volatile', { reviewId: this.#reviewId, ...message })
    }
  }

  #drop(channel: Channel): void {
    this.#replicas.drop(channel)
    if (channel === 'panel') this.texts.clear()
  }

  #clear(): void {
    this.#replicas.clear()
    this.texts.clear()
  }

  #lost(): void {
    if (this.line === 'in_step') this.line = 'lost'
    this.sender.close()
  }

  #signOut(): void {
    this.signedOut = true
    this.sender.close()
    this.#socket.disconnect()
  }
}
