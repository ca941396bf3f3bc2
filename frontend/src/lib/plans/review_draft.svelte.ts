import type { Tick } from './types.ts'

interface Kept {
  decision: string
  reasons: string
  registration: string
  ticks: Tick[]
}

/** A reviewer's unfinished work, kept on this machine per person, version and step until it is signed. */
export class ReviewDraft {
  decision = $state('')
  reasons = $state('')
  registration = $state('')
  ticks = $state<Tick[]>([])
  #key: string

  constructor(key: string) {
    this.#key = `lz-plan-review/${key}`
    const kept = this.#read()
    if (kept) {
      this.decision = kept.decision
      this.reasons = kept.reasons
      this.registration = kept.registration
      this.ticks = kept.ticks
    }
    $effect(() => this.keep())
  }

  keep(): void {
    const { decision, reasons, registration, ticks } = this
    localStorage.setItem(this.#key, JSON.stringify({ decision, reasons, registration, ticks } satisfies Kept))
  }

  clear(): void {
    this.decision = ''
    this.reasons = ''
    this.ticks = []
    localStorage.removeItem(this.#key)
  }

  #read(): Kept | null {
    const text = localStorage.getItem(this.#key)
    return text ? (JSON.parse(text) as Kept) : null
  }
}
