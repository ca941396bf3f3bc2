/** Hold before giving up on a packet, in ms: eight requests for it have gone out by then. */
const HOLD_MS = 900
const FIRST_REQUEST_MS = 10
const NEXT_REQUEST_MS = 120
/** A longer pause between ticks is a stall of the loop: what was asked for waits in the socket meanwhile. */
const LONGEST_TICK_MS = 50
/** More than this many missing at once is a new stream, not a loss. */
const LARGEST_HOLE = 2000

interface Missing {
  sinceMs: number
  requestedMs: number
}

export interface ReorderOutput<P> {
  /** In order, without doubles; `lostBefore` counts those given up directly before. */
  deliver: (packet: P, lostBefore: number) => void
  /** Sequence numbers (unwrapped) to ask for again. */
  request: (sequences: number[]) => void
}

/**
 * Puts packets in order and asks for missing ones: first after 10 ms, again every 120 ms, for 0.9 s. The times are
 * passed in (ms, monotonic). A stall of the loop does not count as waiting.
 */
export class ReorderBuffer<P> {
  #output: ReorderOutput<P>
  #next: number | null = null
  #waiting = new Map<number, P>()
  #missing = new Map<number, Missing>()
  #highest = 0
  #lost = 0
  #tickedMs: number | null = null
  /** Time in which packets could be read. */
  #awakeMs = 0

  constructor(output: ReorderOutput<P>) {
    this.#output = output
  }

  push(sequence: number, packet: P): void {
    if (this.#next === null) {
      this.#next = sequence
      this.#highest = sequence - 1
    }
    if (sequence < this.#next || this.#waiting.has(sequence)) return
    if (sequence - this.#highest > LARGEST_HOLE) this.#startAnew(sequence)
    for (let hole = this.#highest + 1; hole < sequence; hole += 1) {
      this.#missing.set(hole, { sinceMs: this.#awakeMs, requestedMs: -Infinity })
    }
    this.#highest = Math.max(this.#highest, sequence)
    this.#missing.delete(sequence)
    this.#waiting.set(sequence, packet)
    this.#drain()
  }

  /** To be called every 10 to 20 ms. */
  tick(nowMs: number): void {
    this.#awakeMs += Math.min(nowMs - (this.#tickedMs ?? nowMs), LONGEST_TICK_MS)
    this.#tickedMs = nowMs
    if (this.#missing.size === 0) return
    const due: number[] = []
    for (const [sequence, missing] of this.#missing) {
      const age = this.#awakeMs - missing.sinceMs
      if (age > HOLD_MS) {
        this.#missing.delete(sequence)
        continue
      }
      if (age >= FIRST_REQUEST_MS && this.#awakeMs - missing.requestedMs >= NEXT_REQUEST_MS) {
        missing.requestedMs = this.#awakeMs
        due.push(sequence)
      }
    }
    if (due.length > 0) this.#output.request(due)
    this.#drain()
  }

  /** Delivers what is there, giving up on everything missing. */
  flush(): void {
    this.#missing.clear()
    this.#drain()
  }

  #drain(): void {
    while (this.#next !== null && this.#next <= this.#highest) {
      const packet = this.#waiting.get(this.#next)
      if (packet === undefined) {
        if (this.#missing.has(this.#next)) return
        this.#lost += 1
        this.#next += 1
        continue
      }
      this.#waiting.delete(this.#next)
      this.#next += 1
      const lost = this.#lost
      this.#lost = 0
      this.#output.deliver(packet, lost)
    }
  }

  #startAnew(sequence: number): void {
    this.flush()
    this.#next = sequence
    this.#highest = sequence - 1
  }
}
