import { ApiError, type CallOptions } from './client.ts'
import { uuidv7 } from './uuid.ts'

/** Answers after which the server may or may not have done it, so that a retry must carry the same key. */
function uncertain(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500)
}

/**
 * One thing a person does by a button: busy while it runs, the error afterwards, no second run at once.
 * Pressing again after a lost connection repeats the same action with the same Idempotency-Key; after an answer
 * of the server, or with other arguments, it is a new one; so hand over everything that is sent as an argument.
 */
export class Action<Arguments extends unknown[], Value> {
  busy = $state(false)
  error = $state<unknown>(null)
  #key: string | null = null
  #content = ''
  #work: (options: CallOptions, ...given: Arguments) => Promise<Value>

  constructor(work: (options: CallOptions, ...given: Arguments) => Promise<Value>) {
    this.#work = work
  }

  /** Runs it; resolves with the value, or undefined when it failed (see `error`) or is already running. */
  async run(...given: Arguments): Promise<Value | undefined> {
    if (this.busy) return undefined
    const content = JSON.stringify(given)
    if (this.#key === null || content !== this.#content) this.#key = uuidv7()
    this.#content = content
    this.busy = true
    this.error = null
    try {
      const value = await this.#work({ idempotencyKey: this.#key }, ...given)
      this.#key = null
      return value
    } catch (error) {
      this.error = error
      if (!uncertain(error)) this.#key = null
      return undefined
    } finally {
      this.busy = false
    }
  }
}
