/** Figures beside navigation items, set by whoever loads them; amber when something is late or urgent. */
class Counts {
  #byKey = $state<Record<string, { count: number; urgent: boolean }>>({})

  set(key: string, count: number, urgent = false): void {
    this.#byKey[key] = { count, urgent }
  }
  of(key: string): { count: number; urgent: boolean } | undefined {
    return this.#byKey[key]
  }
  clear(): void {
    this.#byKey = {}
  }
}

export const counts = new Counts()
