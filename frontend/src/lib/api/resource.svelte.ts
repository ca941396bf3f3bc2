import { api } from './client.ts'

/** What a page reads from one address: the value, or why it did not come. */
export class Resource<T> {
  value = $state<T>()
  error = $state<unknown>(null)
  #path: string

  constructor(path: string) {
    this.#path = path
    void this.load()
  }

  /** Loads again; the former value stays on screen meanwhile. */
  async load(): Promise<void> {
    try {
      this.error = null
      this.value = await api.get<T>(this.#path)
    } catch (error) {
      this.error = error
    }
  }
}
