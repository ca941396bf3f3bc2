import { SyncedPlayers, type Playable } from './synced_players.ts'

const TICK_MS = 100

/** The playback's clock for the page: seconds since the zero of the meeting. */
export class Player {
  time = $state(0)
  playing = $state(false)
  waiting = $state(false)
  rate = $state(1)
  /** The furthest that two pictures are apart, ms; of the last seconds. */
  spreadMs = $state(0)
  readonly length: number
  #players: SyncedPlayers

  constructor(lengthMs: number) {
    this.length = lengthMs / 1000
    this.#players = new SyncedPlayers(this.length)
  }

  /** Runs until the returned function is called. */
  run(): () => void {
    const timer = setInterval(() => this.#tick(), TICK_MS)
    return () => {
      clearInterval(timer)
      this.#players.pause()
    }
  }

  add(key: string, element: Playable): () => void {
    void this.#players.add(key, element)
    return () => this.#players.remove(key)
  }

  async seek(seconds: number): Promise<void> {
    this.time = Math.min(Math.max(0, seconds), this.length)
    this.waiting = true
    await this.#players.seek(seconds)
    this.#tick()
  }

  toggle(): void {
    if (this.playing) this.#players.pause()
    else this.#players.play()
    this.#tick()
  }

  setRate(rate: number): void {
    this.rate = rate
    this.#players.setRate(rate)
  }

  #tick(): void {
    const standing = this.#players.tick()
    this.time = standing.time
    this.waiting = standing.waiting
    this.playing = this.#players.wanted
    if (standing.spread > 0)
      this.spreadMs = Math.round(Math.max(standing.spread * 1000, this.spreadMs * 0.95))
  }
}
