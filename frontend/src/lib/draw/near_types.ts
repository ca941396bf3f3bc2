import type { Vocabulary, Word } from './types.ts'

/** A plan that may be an earlier one, as the offices see it. Instants are ISO strings. */
export interface NearPlan {
  id: string
  state: 'open' | 'same' | 'different' | 'settled'
  plan: { id: string; number: string; name: string }
  earlier: { id: string; number: string; name: string }
  organiser: string
  textPercent: number | null
  sameSite: boolean
  nearParameters: boolean
  commonParties: number
  foundAt: string
  answer: { reason: string; by: string; at: string } | null
}

export interface NearSide {
  planId: string
  version: number
  number: string
  name: string
  project: string
  place: string
  permit: string
  part: string
  organiser: string
  works: { category: string; parameters: Record<string, number | boolean> }[]
  parties: { role: string; name: string | null }[]
}

export interface NearPlanView extends NearPlan {
  vocabulary: Vocabulary
  parameters: (Word & { unit: string | null })[]
  bounds: { text: number; textBesideFacts: number }
  sides: { plan: NearSide; earlier: NearSide }
  earlierDraw: { id: string; number: string } | null
  pages: { page: number; percent: number | null }[]
  mayAnswer: boolean
}
