import { receive } from '@shared/room/apply_event.ts'
import { stateHash } from '@shared/room/state_hash.ts'
import type { Channel, Cursors, JoinAnswer, Part, RoomEvent } from '@shared/room/protocol.ts'
import { EMPTY, type Parts } from '@shared/room/state.ts'

export const channels: readonly Channel[] = ['room', 'panel', 'own']

type Held = { [C in Channel]?: { seq: number; state: Parts[C] } }
type Answered = Extract<JoinAnswer, { ok: true }>

/** What this page holds of each channel, grown by `last + 1` only. */
export class Replicas {
  held = $state.raw<Held>({})

  get cursors(): Cursors {
    return Object.fromEntries(channels.flatMap((one) => (this.held[one] ? [[one, this.held[one].seq]] : [])))
  }

  /**
   * Events of one channel. Hands back those that were new, or null at a hole: then nothing was applied, and
   * the caller resumes.
   */
  take(channel: Channel, events: readonly RoomEvent[]): RoomEvent[] | null {
    const now = this.held[channel]
    if (!now) return null
    const next = receive({ channel, ...now } as Parameters<typeof receive>[0], events)
    if (!next) return null
    this.held = { ...this.held, [channel]: { seq: next.seq, state: next.state } }
    return events.filter((event) => event.seq > now.seq)
  }

  /**
   * A whole answer: parts replace or continue what is held, parts that are not named are dropped. Hands back
   * the events that were new, and the channels whose state differs from the server's by its hash.
   */
  adopt(answer: Answered): { fresh: { channel: Channel; event: RoomEvent }[]; differing: Channel[] } {
    const fresh: { channel: Channel; event: RoomEvent }[] = []
    const differing: Channel[] = []
    for (const channel of channels) {
      const part = answer[channel] as Part<Parts[Channel]> | undefined
      if (!part) {
        this.drop(channel)
        continue
      }
      if ('state' in part) {
        this.held = { ...this.held, [channel]: { seq: part.seq, state: part.state } }
      } else {
        // From nothing, events from the first add up as well.
        if (!this.held[channel]) {
          this.held = { ...this.held, [channel]: { seq: 0, state: EMPTY[channel]() } }
        }
        const events = this.take(channel, part.events)
        if (!events) differing.push(channel)
        else fresh.push(...events.map((event) => ({ channel, event })))
      }
      if (!this.equals(channel, part.seq, part.hash)) differing.push(channel)
    }
    return { fresh, differing: [...new Set(differing)] }
  }

  /** Whether the state at this number is the server's; true too while this page is at another number. */
  equals(channel: Channel, seq: number | undefined, hash: string | undefined): boolean {
    const now = this.held[channel]
    if (!now || hash === undefined || now.seq !== seq) return true
    return stateHash(now.state) === hash
  }

  drop(channel: Channel): void {
    if (!this.held[channel]) return
    const { [channel]: _, ...rest } = this.held
    this.held = rest
  }

  clear(): void {
    this.held = {}
  }
}
