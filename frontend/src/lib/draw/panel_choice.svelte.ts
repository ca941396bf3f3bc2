import { Action } from '../api/action.svelte.ts'
import { api } from '../api/client.ts'
import type { CheckedPanel, SeatView } from './types.ts'

/**
 * The panel as the organiser puts it together. Alternates are not chosen: they are the first of the others who
 * accepted, by the same order as the draw (DRAW-11). The server checks each click; of its answers only the
 * latest counts.
 */
export class PanelChoice {
  members = $state(new Set<string>())
  leader = $state<string | null>(null)
  checked = $state<CheckedPanel | null>(null)
  #drawId: string
  #asked = 0
  #seats = $state.raw<SeatView[]>([])
  #need = $state(0)
  #confirm: Action<[object], unknown>

  constructor(drawId: string) {
    this.#drawId = drawId
    this.#confirm = new Action((options, body) => api.post(`/api/draws/${drawId}/panel`, body, options))
  }

  get busy(): boolean {
    return this.#confirm.busy
  }

  get error(): unknown {
    return this.#confirm.error
  }

  toggle(seatId: string, on: boolean): void {
    const next = new Set(this.members)
    if (on) next.add(seatId)
    else next.delete(seatId)
    this.set([...next])
  }

  set(seatIds: string[]): void {
    this.members = new Set(seatIds)
    if (this.leader && !this.members.has(this.leader)) this.leader = null
    void this.check()
  }

  lead(seatId: string): void {
    this.leader = seatId
    void this.check()
  }

  /** What the server says now: who has left can't stay chosen. `need` is the number of alternates. */
  keepAccepted(seats: SeatView[], need: number): void {
    this.#need = need
    const first = this.#seats.length === 0
    const before = this.#seats.map(({ id, state }) => `${id}${state}`).join()
    this.#seats = seats
    const accepted = new Set(seats.filter(({ state }) => state === 'ACCEPTED').map(({ id }) => id))
    const kept = [...this.members].filter((id) => accepted.has(id))
    const changed =
      kept.length !== this.members.size || before !== seats.map(({ id, state }) => `${id}${state}`).join()
    if (first || changed) this.set(kept)
  }

  get alternates(): string[] {
    return this.#seats
      .filter(({ id, state }) => state === 'ACCEPTED' && !this.members.has(id))
      .slice(0, this.#need)
      .map(({ id }) => id)
  }

  async check(): Promise<void> {
    const turn = ++this.#asked
    const answer = await api.post<CheckedPanel>(`/api/draws/${this.#drawId}/panel/check`, this.#body())
    if (turn === this.#asked) this.checked = answer
  }

  async confirm(): Promise<boolean> {
    return (await this.#confirm.run(this.#body())) !== undefined
  }

  #body() {
    return { members: [...this.members], leader: this.leader, alternates: this.alternates }
  }
}
