import { api } from '../api/client.ts'
import type { Autosave } from '../ui/TextArea.svelte'
import type { Judgement, RevisionView } from './types.ts'

const pauseMs = 700

/** The leader's opinion in work, saved as it is typed. */
export class OpinionDesk {
  text = $state('')
  judged = $state<Record<string, Judgement>>({})
  autosave = $state<Autosave>({ state: 'idle' })
  error = $state<unknown>(null)
  #revision: number
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | null = null
  #dirty = false
  readonly #path: string
  readonly #submission: number

  constructor(reviewId: string, submission: number, draft: NonNullable<RevisionView['draft']>) {
    this.#path = `/api/reviews/${reviewId}/revision/opinion-draft`
    this.#submission = submission
    this.text = draft.text
    this.judged = draft.judged
    this.#revision = draft.revision
    if (draft.savedAt) this.autosave = { state: 'saved', at: draft.savedAt }
  }

  judge(item: string, part: Partial<Judgement>): void {
    const before = this.judged[item] ?? { agrees: null, reason: '' }
    this.judged = { ...this.judged, [item]: { ...before, ...part } }
    this.changed()
  }

  changed(): void {
    this.#dirty = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), pauseMs)
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    while (this.#running) await this.#running
    if (!this.#dirty) return
    this.#running = this.#save().finally(() => (this.#running = null))
    await this.#running
  }

  async #save(): Promise<void> {
    this.#dirty = false
    this.autosave = { state: 'saving' }
    try {
      const body = {
        submission: this.#submission,
        text: this.text,
        judged: this.judged,
        revision: this.#revision,
      }
      const { revision, savedAt } = await api.put<{ revision: number; savedAt: string }>(this.#path, body)
      this.#revision = revision
      this.autosave = { state: 'saved', at: savedAt }
      this.error = null
    } catch (error) {
      this.#dirty = true
      this.autosave = { state: 'failed' }
      this.error = error
    }
  }
}
