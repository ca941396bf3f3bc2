import { test } from '@japa/runner'
import { SyncedPlayers, type Playable } from '../../../frontend/src/lib/playback/synced_players.ts'

/** A media element that runs by a clock of the test's own. */
class Tape implements Playable {
  readyState = 4
  paused = true
  seeking = false
  playbackRate = 1
  /** How fast it really runs, of what it is asked. */
  drift = 1
  #at = 0
  #since = 0
  #listeners: { type: string; listener: () => void }[] = []

  constructor(
    readonly duration: number,
    readonly clock: { now: number },
    readonly seekMs = 0
  ) {}

  get ended(): boolean {
    return this.currentTime >= this.duration
  }
  get currentTime(): number {
    return this.paused || this.seeking
      ? this.#at
      : this.#at + ((this.clock.now - this.#since) / 1000) * this.playbackRate * this.drift
  }
  set currentTime(time: number) {
    this.#at = time
    this.seeking = true
    setTimeout(() => {
      this.seeking = false
      this.#since = this.clock.now
      this.#tell('seeked')
    }, this.seekMs)
  }
  async play() {
    if (!this.paused) return
    this.paused = false
    this.#since = this.clock.now
  }
  pause() {
    this.#at = this.currentTime
    this.paused = true
  }
  addEventListener(type: string, listener: () => void) {
    this.#listeners.push({ type, listener })
  }
  #tell(type: string) {
    const told = this.#listeners.filter((one) => one.type === type)
    this.#listeners = this.#listeners.filter((one) => one.type !== type)
    for (const { listener } of told) listener()
  }
  /** Settles the rate that it ran at until now, as a media element does when the rate changes. */
  settle() {
    if (this.paused) return
    this.#at = this.currentTime
    this.#since = this.clock.now
  }
}

test.group('Tracks in step', () => {
  const given = async (durations: number[], length = 100) => {
    const clock = { now: 0 }
    const players = new SyncedPlayers(length, () => clock.now)
    const tapes = durations.map((duration, index) => new Tape(duration, clock, index))
    for (const [index, tape] of tapes.entries()) await players.add(String(index), tape)
    const pass = (ms: number) => {
      for (let past = 0; past < ms; past += 100) {
        clock.now += 100
        for (const tape of tapes) tape.settle()
        players.tick()
      }
      return players.tick()
    }
    return { players, tapes, pass }
  }

  test('SUP-2: nothing runs before every track is at its second', async ({ assert }) => {
    const { players, tapes } = await given([100, 100, 100])
    players.play()
    const seek = players.seek(42)
    assert.isTrue(tapes.every(({ paused }) => paused))
    await seek
    assert.deepEqual(
      tapes.map(({ currentTime, paused }) => [currentTime, paused]),
      [
        [42, false],
        [42, false],
        [42, false],
      ]
    )
  })

  test('SUP-2: of two seeks the later one counts', async ({ assert }) => {
    const { players, tapes } = await given([100, 100])
    await Promise.all([players.seek(10), players.seek(70)])
    assert.equal(players.tick().time, 70)
    assert.isTrue(
      tapes.every(({ paused }) => paused),
      'it did not play before'
    )
  })

  test('SUP-2: whoever runs away is brought back by its speed, far away by a seek', async ({ assert }) => {
    const { players, tapes, pass } = await given([100, 90])
    players.play()
    tapes[1]!.drift = 1.05
    assert.isBelow(Math.abs(pass(20_000).spread), 0.12)
    tapes[1]!.drift = 1
    tapes[1]!.currentTime = 60
    await new Promise((done) => setTimeout(done, 5))
    pass(100)
    await new Promise((done) => setTimeout(done, 5))
    assert.isBelow(pass(3000).spread, 0.12)
  })

  test('SUP-2: one without data lets the others wait, for five seconds at most', async ({ assert }) => {
    const { players, tapes, pass } = await given([100, 90])
    players.play()
    pass(1000)
    tapes[1]!.readyState = 2
    const waiting = pass(1000)
    assert.isTrue(waiting.waiting)
    assert.isTrue(tapes[0]!.paused)
    pass(6000)
    assert.isAbove(players.tick().time, waiting.time + 0.5)
    tapes[1]!.readyState = 4
    assert.isFalse(pass(200).waiting)
  })

  test('SUP-2: after the end of the shorter ones the rest goes on, and all ends with the meeting', async ({
    assert,
  }) => {
    const { players, tapes, pass } = await given([20, 60], 61)
    players.play()
    await players.seek(58)
    assert.isTrue(tapes[0]!.paused)
    assert.approximately(pass(1000).time, 59, 0.2)
    assert.approximately(pass(4000).time, 61, 0.2)
    assert.isFalse(players.wanted)
  })

  test('without any track a plain clock runs', async ({ assert }) => {
    const { players, pass } = await given([])
    players.play()
    assert.approximately(pass(3000).time, 3, 0.01)
    players.setRate(2)
    assert.approximately(pass(3000).time, 9, 0.01)
    players.pause()
    assert.approximately(pass(3000).time, 9, 0.01)
  })
})
