import { api } from '../api/client.ts'
import type { PlanDetail, Vocabulary } from './types.ts'
import { vocabulary } from './vocabulary.ts'

/** A plan and the regulation's words, as every page of the plan needs them. */
export class PlanPage {
  plan = $state.raw<PlanDetail>()
  words = $state.raw<Vocabulary>()
  error = $state<unknown>(null)
  readonly id: string

  constructor(id: string) {
    this.id = id
    void this.load()
  }

  /** Loads again; what was there stays on screen meanwhile. */
  load = async (): Promise<void> => {
    try {
      this.error = null
      const [plan, words] = await Promise.all([api.get<PlanDetail>(`/api/plans/${this.id}`), vocabulary()])
      this.plan = plan
      this.words = words
    } catch (error) {
      this.error = error
    }
  }
}
