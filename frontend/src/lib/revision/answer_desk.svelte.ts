import { api, ApiError } from '../api/client.ts'
import type { Autosave } from '../ui/TextArea.svelte'
import type { Answer, SavedAnswer } from './types.ts'

const pauseMs = 700
const empty: Answer = { taken: null, change: '', page: null, reason: '' }
const same = (one: Answer, other: Answer) =>
  one.taken === other.taken &&
  one.change === other.change &&
  one.page === other.page &&
  one.reason === other.reason

/** One answer on this page: what is typed, what the server has, and what a colleague has put there meanwhile. */
export class AnswerInWork {
  answer = $state<Answer>({ ...empty })
  autosave = $state<Autosave>({ state: 'idle' })
  by = $state('')
  theirs = $state<SavedAnswer | null>(null)
  revision = $state(0)
  #saved: Answer = { ...empty }
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | null = null
  readonly #path: string

  constructor(path: string, saved: SavedAnswer | undefined) {
    this.#path = path
    if (saved) this.#take(saved)
  }

  get dirty(): boolean {
    return !same(this.answer, this.#saved)
  }

  /** Called on every change; saves when the typing pauses. */
  changed(part: Partial<Answer>): void {
    this.answer = { ...this.answer, ...part }
    if (this.theirs) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), pauseMs)
  }

  /** Saves now what is not saved yet. One request at a time: the next carries the revision of the last. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    while (this.#running) await this.#running
    if (!this.dirty || this.theirs) return
    this.#running = this.#save().finally(() => (this.#running = null))
    await this.#running
  }

  async #save(): Promise<void> {
    const sent = { ...this.answer }
    this.autosave = { state: 'saving' }
    try {
      const { revision, savedAt } = await api.put<{ revision: number; savedAt: string }>(this.#path, {
        ...sent,
        revision: this.revision,
      })
      this.revision = revision
      this.#saved = sent
      this.autosave = { state: 'saved', at: savedAt }
    } catch (error) {
      this.autosave = { state: 'failed' }
      if (error instanceof ApiError && error.code === 'E_ANSWER_CHANGED')
        this.theirs = error.params.theirs as SavedAnswer
    }
  }

  /** The colleague's text takes the place of mine. */
  useTheirs(): void {
    if (!this.theirs) return
    this.#take(this.theirs)
    this.theirs = null
  }

  /** Mine goes over theirs, now that I have seen it. */
  async keepMine(): Promise<void> {
    if (!this.theirs) return
    this.revision = this.theirs.revision
    this.#saved = { ...this.theirs }
    this.theirs = null
    await this.flush()
  }

  /** What the server has now; text in work is not touched. */
  refresh(saved: SavedAnswer | undefined): void {
    if (!saved || saved.revision <= this.revision) return
    if (this.dirty) this.theirs = saved
    else this.#take(saved)
  }

  #take({ taken, change, page, reason, revision, by, savedAt }: SavedAnswer): void {
    this.answer = { taken, change, page, reason }
    this.#saved = { taken, change, page, reason }
    this.revision = revision
    this.by = by
    this.autosave = { state: 'saved', at: savedAt }
  }
}

/** All answers of a page. */
export class AnswerDesk {
  readonly byItem: ReadonlyMap<string, AnswerInWork>

  constructor(reviewId: string, items: readonly { id: string }[], saved: Record<string, SavedAnswer>) {
    this.byItem = new Map(
      items.map(({ id }) => [
        id,
        new AnswerInWork(`/api/reviews/${reviewId}/revision/answers/${id}`, saved[id]),
      ])
    )
  }

  async flush(): Promise<void> {
    for (const answer of this.byItem.values()) await answer.flush()
  }

  refresh(saved: Record<string, SavedAnswer>): void {
    for (const [id, answer] of this.byItem) answer.refresh(saved[id])
  }

  /** The revisions that this page shows; what was never saved has none. */
  seen(): Record<string, number> {
    return Object.fromEntries(
      [...this.byItem].flatMap(([id, { revision }]) => (revision > 0 ? [[id, revision]] : []))
    )
  }

  get conflicts(): number {
    return [...this.byItem.values()].filter(({ theirs }) => theirs !== null).length
  }
}
