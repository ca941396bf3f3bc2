import { api } from '../api/client.ts'
import type { Assessment, FailedAssessment } from './types.ts'

type Results = (Assessment | FailedAssessment)[]
const pauseMs = 250

/** The verdict while somebody types: asked after a pause; an answer to an older question is dropped. */
export class LiveAssessment {
  results = $state.raw<Results>([])
  error = $state<unknown>(null)
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked = ''

  ask(works: readonly { category: string }[]): void {
    const named = works.filter((work) => work.category !== '')
    const question = JSON.stringify(named)
    if (question === this.#asked) return
    this.#asked = question
    clearTimeout(this.#timer)
    if (named.length === 0) {
      this.results = []
      return
    }
    this.#timer = setTimeout(() => void this.#fetch(named, question), pauseMs)
  }

  async #fetch(works: readonly unknown[], question: string): Promise<void> {
    try {
      const answer = await api.post<{ results: Results }>('/api/plan-assessments', { works })
      if (question !== this.#asked) return
      this.results = answer.results
      this.error = null
    } catch (error) {
      if (question === this.#asked) this.error = error
    }
  }
}
