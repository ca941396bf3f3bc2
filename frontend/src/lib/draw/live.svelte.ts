import { api } from '../api/client.ts'

/**
 * A draw that is watched: read at once, and again whenever the server says that there is something new.
 * The browser reconnects by itself; what was missed comes with the next reading.
 */
export class LiveDraw<T> {
  value = $state<T>()
  error = $state<unknown>(null)
  connected = $state(false)
  #path: string
  #source: EventSource | null = null
  #reading = false
  #again = false

  constructor(path: string) {
    this.#path = path
    void this.load()
  }

  /** Opens the stream; returns what closes it, for an effect. */
  watch(): () => void {
    const source = new EventSource(`${this.#path}/events`)
    source.addEventListener('open', () => (this.connected = true))
    source.addEventListener('error', () => (this.connected = false))
    source.addEventListener('changed', () => void this.load())
    this.#source = source
    return () => this.#source?.close()
  }

  /** Reads it; while a reading is under way, once more after it. */
  async load(): Promise<void> {
    if (this.#reading) {
      this.#again = true
      return
    }
    this.#reading = true
    try {
      this.value = await api.get<T>(this.#path)
      this.error = null
    } catch (error) {
      this.error = error
    } finally {
      this.#reading = false
    }
    if (!this.#again) return
    this.#again = false
    await this.load()
  }
}
