import type { Regulation } from '#core/regulation/types'

export interface Word {
  readonly code: string
  readonly zh: string
  readonly en: string
}

/** The regulation's words for what the draw's pages name by code. */
export function drawVocabulary(
  inForce: Regulation
): Record<'specialties' | 'titles' | 'categories' | 'parties' | 'grades' | 'cities' | 'widening', Word[]> {
  const words = (list: readonly Word[]) => list.map(({ code, zh, en }) => ({ code, zh, en }))
  return {
    specialties: words(inForce.specialties),
    titles: words(inForce.titles),
    categories: words(inForce.categories),
    parties: words(inForce.parties),
    grades: words(inForce.grades),
    cities: words(inForce.cities),
    widening: words(inForce.draw_widening),
  }
}
