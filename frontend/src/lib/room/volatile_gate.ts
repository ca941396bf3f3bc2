import type { Volatile } from '@shared/room/protocol.ts'

/** At most 20 a second; of each kind the last one wins. */
const everyMs = 50

/** Lets pointer, typing and speaking through at a bounded rate. */
export class VolatileGate {
  #waiting = new Map<Volatile['kind'], Volatile>()
  #timer: ReturnType<typeof setTimeout> | null = null
  readonly #send: (message: Volatile) => void

  constructor(send: (message: Volatile) => void) {
    this.#send = send
  }

  offer(message: Volatile): void {
    this.#waiting.set(message.kind, message)
    if (this.#timer === null) this.#next()
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#waiting.clear()
  }

  #next(): void {
    const [first] = this.#waiting
    if (!first) {
      this.#timer = null
      return
    }
    this.#waiting.delete(first[0])
    this.#send(first[1])
    this.#timer = setTimeout(() => this.#next(), everyMs)
  }
}
