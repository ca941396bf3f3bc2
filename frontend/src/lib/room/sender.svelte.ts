import type { Ack, Operation, OperationPayloads, OperationType } from '@shared/room/protocol.ts'
import { uuidv7 } from '../api/uuid.ts'
import { isLasting, isPassing } from './operation_kinds.ts'
import { Outbox, type Waiting } from './outbox.ts'

const retryMs = 1500

/** Resolves with the acknowledgement; rejects when none came. */
type Transmit = (operation: Operation) => Promise<Ack>

/** Sends operations one after the other, keeps what lasts until it is acknowledged, and sends it again. */
export class Sender {
  /** Not acknowledged yet, oldest first. */
  waiting = $state.raw<Waiting[]>([])
  durable = $state(true)
  #outbox: Outbox
  #reviewId: string
  #transmit: Transmit
  #onRefused: (operation: Operation, ack: Extract<Ack, { ok: false }>) => void
  #answers = new Map<string, (ack: Ack) => void>()
  #open = false
  #running = false
  #inFlight: string | null = null
  #retry: ReturnType<typeof setTimeout> | null = null

  constructor(given: {
    userId: string
    reviewId: string
    transmit: Transmit
    /** For what nobody waits for any more: sent by an earlier page, or in the background. */
    onRefused: (operation: Operation, ack: Extract<Ack, { ok: false }>) => void
  }) {
    this.#outbox = new Outbox(given.userId, given.reviewId)
    this.#reviewId = given.reviewId
    this.#transmit = given.transmit
    this.#onRefused = given.onRefused
  }

  async start(): Promise<void> {
    const left = await this.#outbox.open()
    this.durable = this.#outbox.durable
    this.waiting = [...left, ...this.waiting]
    void this.#flush()
  }

  /** The line is there, and the state is in step. */
  open(): void {
    this.#open = true
    void this.#flush()
  }

  /** No line: what is of the moment is refused, the rest waits. */
  close(): void {
    this.#open = false
    const fading = this.waiting.filter((one) => !isLasting(one.operation.type))
    for (const one of fading) void this.#settle(one, offline(one.opId))
  }

  stop(): void {
    this.close()
    if (this.#retry) clearTimeout(this.#retry)
    this.#outbox.close()
  }

  /** Resolves with the server's answer; for what lasts that may be after the line has come back. */
  async send<T extends OperationType>(type: T, payload: OperationPayloads[T]): Promise<Ack> {
    // A plain copy: what is sent again later is what was meant now.
    const copy = JSON.parse(JSON.stringify(payload)) as typeof payload
    const operation: Operation = { opId: uuidv7(), reviewId: this.#reviewId, type, payload: copy }
    if (!this.#open && !isLasting(type)) return offline(operation.opId)
    if (type === 'opinion.save') await this.#forgetEarlierSaves(payload as OperationPayloads['opinion.save'])
    const waiting = isLasting(type)
      ? await this.#outbox.put(operation)
      : { opId: operation.opId, userId: '', reviewId: this.#reviewId, operation }
    const answered = new Promise<Ack>((resolve) => this.#answers.set(operation.opId, resolve))
    this.waiting = [...this.waiting, waiting]
    void this.#flush()
    return answered
  }

  /** A draft is saved as a whole: only its last words need to travel. */
  async #forgetEarlierSaves(payload: OperationPayloads['opinion.save']): Promise<void> {
    const earlier = this.waiting.filter(
      ({ opId, operation }) =>
        opId !== this.#inFlight &&
        operation.type === 'opinion.save' &&
        (operation.payload as OperationPayloads['opinion.save']).opinionId === payload.opinionId
    )
    for (const one of earlier) await this.#settle(one, { ok: true, opId: one.opId, positions: {} })
  }

  async #flush(): Promise<void> {
    if (this.#running) return
    this.#running = true
    try {
      while (this.#open && this.waiting.length > 0) {
        const next = this.waiting[0]!
        this.#inFlight = next.opId
        const ack = await this.#transmit(next.operation)
        if (!ack.ok && isPassing(ack.error.code)) {
          this.#later()
          break
        }
        await this.#settle(next, ack)
      }
    } catch (error) {
      // No answer: the same operation goes again, and the server knows it by its opId.
      console.warn('operation without an answer', error)
      this.#later()
    } finally {
      this.#inFlight = null
      this.#running = false
    }
  }

  #later(): void {
    if (this.#retry) clearTimeout(this.#retry)
    this.#retry = setTimeout(() => void this.#flush(), retryMs)
  }

  async #settle(waiting: Waiting, ack: Ack): Promise<void> {
    this.waiting = this.waiting.filter((one) => one.opId !== waiting.opId)
    const answer = this.#answers.get(waiting.opId)
    this.#answers.delete(waiting.opId)
    if (answer) answer(ack)
    else if (!ack.ok) this.#onRefused(waiting.operation, ack)
    await this.#outbox.remove(waiting.opId)
  }
}

const offline = (opId: string): Ack => ({ ok: false, opId, error: { code: 'E_OFFLINE' } })
