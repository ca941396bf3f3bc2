import { api } from '../api/client.ts'
import type { Autosave } from '../ui/TextArea.svelte'
import type { Answers, Writing } from './types.ts'

const PAUSE_MS = 700

/** The leader's wording, saved a moment after each pause in typing; one save at a time, in order. */
export class TextDraft {
  overview = $state('')
  answers = $state<Answers>({ complete: '', calculation: '', site: '' })
  autosave = $state<Autosave>({ state: 'idle' })
  error = $state<unknown>(null)
  revision = $state(0)
  readonly #path: string
  readonly #onsaved: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #saving: Promise<void> = Promise.resolve()
  #saved = ''

  constructor(reportId: string, writing: Writing, onsaved: () => void) {
    this.#path = `/api/reports/${reportId}/texts`
    this.#onsaved = onsaved
    this.overview = writing.overview
    this.answers = { ...writing.answers }
    this.revision = writing.revision
    this.#saved = this.#content()
  }

  #content(): string {
    return JSON.stringify({ overview: this.overview, answers: this.answers })
  }

  changed(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), PAUSE_MS)
  }

  /** Saves what is not saved yet; resolves true once everything on screen is. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer)
    this.#saving = this.#saving.then(() => this.#save())
    await this.#saving
    return this.#saved === this.#content()
  }

  async #save(): Promise<void> {
    const content = this.#content()
    if (content === this.#saved) return
    this.autosave = { state: 'saving' }
    try {
      const body = { ...JSON.parse(content), revision: this.revision }
      const saved = await api.put<{ revision: number; savedAt: string }>(this.#path, body)
      this.revision = saved.revision
      this.#saved = content
      this.autosave = { state: 'saved', at: saved.savedAt }
      this.error = null
      this.#onsaved()
    } catch (error) {
      this.autosave = { state: 'failed' }
      this.error = error
    }
  }
}
