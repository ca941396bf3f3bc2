/**
 * Turns a counter that wraps around into one that does not. RTP sequence numbers have 16 bits, time stamps 32
 * (RFC 3550, 5.1). A step of up to half the range in either direction is understood.
 */
export class Unwrapper {
  #modulus: number
  #last: number | null = null

  constructor(bits: 16 | 32) {
    this.#modulus = 2 ** bits
  }

  unwrap(value: number): number {
    if (this.#last === null) {
      // One turn up, so that a late packet from before the first one does not go negative.
      this.#last = value + this.#modulus
      return this.#last
    }
    const half = this.#modulus / 2
    const lastWrapped = this.#last % this.#modulus
    let step = value - lastWrapped
    if (step > half) step -= this.#modulus
    if (step < -half) step += this.#modulus
    const unwrapped = this.#last + step
    if (unwrapped > this.#last) this.#last = unwrapped
    return unwrapped
  }
}
