/** What is needed of a media element; its times are in seconds. */
export interface Playable {
  currentTime: number
  readonly duration: number
  readonly paused: boolean
  readonly seeking: boolean
  readonly ended: boolean
  readonly readyState: number
  playbackRate: number
  play(): Promise<void>
  pause(): void
  addEventListener(type: string, listener: () => void, options?: { once?: boolean }): void
}

/** More than this apart is corrected, s. */
const APART_S = 0.08
/** Corrected until it is this near, s. */
const NEAR_S = 0.02
/** Further apart than this it is set, not nudged, s. */
const FAR_S = 1
/** How much faster or slower a track runs while it is corrected. */
const NUDGE = 0.1
/** readyState: it knows its length; it can go on playing. */
const METADATA = 1
const FUTURE_DATA = 3
/** The others wait so long for one that has no data, ms. */
const PATIENCE_MS = 5000

export interface Standing {
  /** Seconds since the zero. */
  readonly time: number
  /** The furthest that two playing tracks are apart, s. */
  readonly spread: number
  /** Some track has no data: all wait for it. */
  readonly waiting: boolean
}

/**
 * Several recordings from one zero, played in step. The longest that has a picture of the moment is the
 * master, everybody else goes by its time; without any, a plain clock runs. Seeking pauses all, sets the
 * time on all, waits until every one is there, and only then lets them run.
 */
export class SyncedPlayers {
  #players = new Map<string, Playable>()
  #wanted = false
  #rate = 1
  #seeking = 0
  #seeks = 0
  /** Where the clock stood, and since when it runs (ms of `clock`), null while it stands. */
  #from = 0
  #since: number | null = null
  #waitingSince: number | null = null
  readonly #clock: () => number

  constructor(
    readonly length: number,
    clock: () => number = () => performance.now()
  ) {
    this.#clock = clock
  }

  get wanted(): boolean {
    return this.#wanted
  }

  get seeking(): boolean {
    return this.#seeking > 0
  }

  /** Takes a track in and brings it to where the others are. */
  async add(key: string, player: Playable): Promise<void> {
    this.#players.set(key, player)
    await known(player)
    if (this.#players.get(key) !== player) return
    await this.seek(this.#time())
  }

  remove(key: string): void {
    // What the clock showed by this master stays true when it goes.
    this.#hold(this.#time())
    this.#players.get(key)?.pause()
    this.#players.delete(key)
  }

  async seek(seconds: number): Promise<void> {
    const time = Math.min(Math.max(0, seconds), this.length)
    const number = ++this.#seeks
    this.#seeking += 1
    this.#hold(time, false)
    const players = [...this.#players.values()]
    for (const player of players) player.pause()
    await Promise.all(players.map((player) => set(player, time)))
    this.#seeking -= 1
    if (number === this.#seeks && this.#wanted) this.#start(time)
  }

  play(): void {
    this.#wanted = true
    const time = this.#time()
    if (time >= this.length) void this.seek(0)
    else if (this.#seeking === 0) this.#start(time)
  }

  pause(): void {
    const time = this.#time()
    this.#wanted = false
    for (const player of this.#players.values()) player.pause()
    this.#hold(time, false)
  }

  /** 1 is as it was spoken. */
  setRate(rate: number): void {
    this.#hold(this.#time())
    this.#rate = rate
    for (const player of this.#players.values()) player.playbackRate = rate
  }

  /** To be called some ten times a second: corrects, waits, ends; tells where all stand. */
  tick(): Standing {
    const time = this.#time()
    if (this.#seeking > 0 || !this.#wanted) return { time, spread: 0, waiting: this.#seeking > 0 }
    if (time >= this.length) {
      this.pause()
      return { time: this.length, spread: 0, waiting: false }
    }
    const playing = this.#covering(time)
    const waiting = this.#wait(playing, time)
    if (waiting) return { time, spread: 0, waiting }
    for (const player of playing) this.#correct(player, time)
    const offs = playing.filter((player) => !player.paused).map((player) => player.currentTime - time)
    return { time, spread: offs.length > 1 ? Math.max(...offs) - Math.min(...offs) : 0, waiting: false }
  }

  #time(): number {
    const clock =
      this.#since === null ? this.#from : this.#from + ((this.#clock() - this.#since) / 1000) * this.#rate
    if (this.#seeking > 0 || this.#since === null) return Math.min(clock, this.length)
    const master = this.#master(clock)
    return Math.min(master ? master.currentTime : clock, this.length)
  }

  #master(time: number): Playable | undefined {
    return this.#covering(time)
      .filter((player) => !player.paused && player.readyState >= FUTURE_DATA)
      .sort((a, b) => b.duration - a.duration)[0]
  }

  #covering(time: number): Playable[] {
    return [...this.#players.values()].filter(
      (player) => player.readyState >= METADATA && time < player.duration - NEAR_S
    )
  }

  #hold(time: number, running = this.#since !== null): void {
    this.#from = time
    this.#since = running ? this.#clock() : null
  }

  #start(time: number): void {
    this.#hold(time, true)
    for (const player of this.#covering(time)) run(player, this.#rate)
  }

  /** Whoever has no data lets all others stand, for a while; then they go on and it is brought after them. */
  #wait(playing: readonly Playable[], time: number): boolean {
    const lacking = playing.some((player) => player.readyState < FUTURE_DATA)
    if (!lacking) {
      if (this.#waitingSince !== null && this.#since === null) this.#start(time)
      this.#waitingSince = null
      return false
    }
    this.#waitingSince ??= this.#clock()
    if (this.#clock() - this.#waitingSince > PATIENCE_MS) {
      if (this.#since === null) this.#start(time)
      return false
    }
    if (this.#since !== null) {
      this.#hold(time, false)
      for (const player of playing) player.pause()
    }
    return true
  }

  #correct(player: Playable, time: number): void {
    if (player.paused) run(player, this.#rate)
    const off = player.currentTime - time
    if (Math.abs(off) > FAR_S) {
      if (!player.seeking) player.currentTime = time
    } else if (Math.abs(off) > APART_S) player.playbackRate = this.#rate * (off > 0 ? 1 - NUDGE : 1 + NUDGE)
    else if (Math.abs(off) < NEAR_S && player.playbackRate !== this.#rate) player.playbackRate = this.#rate
  }
}

function run(player: Playable, rate: number): void {
  player.playbackRate = rate
  player.play().catch((error: unknown) => {
    // Paused before it began: a seek or the person was quicker.
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
  })
}

/** Until its length is known; a time that is set earlier is lost. */
function known(player: Playable): Promise<void> {
  if (player.readyState >= METADATA) return Promise.resolve()
  return new Promise((resolve) => {
    player.addEventListener('loadedmetadata', () => resolve(), { once: true })
    player.addEventListener('error', () => resolve(), { once: true })
  })
}

function set(player: Playable, time: number): Promise<void> {
  if (player.readyState < METADATA) return Promise.resolve()
  return new Promise((resolve) => {
    player.addEventListener('seeked', () => resolve(), { once: true })
    player.addEventListener('error', () => resolve(), { once: true })
    player.currentTime = Math.min(time, player.duration)
    if (!player.seeking) resolve()
  })
}
