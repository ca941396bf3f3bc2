import { api } from '../api/client.ts'
import { businessClock } from './business_clock.svelte.ts'

export type CapacityKind =
  | 'expert'
  | 'organiser'
  | 'technical_head'
  | 'supervising_engineer'
  | 'owner'
  | 'designer'
  | 'surveyor'
  | 'agency'
  | 'centre'
  | 'authority'
  | 'system_admin'
  | 'security_admin'
  | 'auditor'

export interface Capacity {
  id: string
  kind: CapacityKind
  /** 总监理工程师, 正高级工程师; none for many. */
  title?: string | null
  organisation: { id: string; name: string } | null
}

export interface SessionAnswer {
  user: { id: string; name: string; largeType: boolean; locale: string | null } | null
  capacities: Capacity[]
  /** Id of the capacity in force; one at a time. */
  active: string | null
  /** ISO instant until which the second factor counts as fresh. */
  stepUpUntil?: string | null
  demo: boolean
  /** Business time, ISO. */
  now: string
}

class Session {
  #answer = $state.raw<SessionAnswer>()
  error = $state<unknown>(null)

  get loaded(): boolean {
    return this.#answer !== undefined
  }
  get user() {
    return this.#answer?.user ?? null
  }
  get capacities(): Capacity[] {
    return this.#answer?.capacities ?? []
  }
  get capacity(): Capacity | null {
    return this.capacities.find((one) => one.id === this.#answer?.active) ?? this.capacities[0] ?? null
  }
  get demo(): boolean {
    return this.#answer?.demo ?? false
  }
  get stepUpUntil(): string | null {
    return this.#answer?.stepUpUntil ?? null
  }

  /** Asks the server who is signed in. Resolves also on failure; `error` then says why. */
  async load(): Promise<void> {
    try {
      this.error = null
      const answer = await api.get<SessionAnswer>('/api/session')
      businessClock.align(answer.now)
      this.#answer = answer
    } catch (error) {
      this.error = error
    }
  }

  /** Makes another capacity of the same person the one in force. Throws ApiError. */
  async switchTo(capacityId: string): Promise<void> {
    await api.post('/api/session/capacity', { id: capacityId })
    await this.load()
  }

  /** Throws ApiError. */
  async signOut(): Promise<void> {
    await api.post('/api/sign-out')
    await this.load()
  }
}

export const session = new Session()
