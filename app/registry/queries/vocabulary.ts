import type { Regulation } from '#core/regulation/types'

type Word = { code: string; zh: string; en: string }
const words = (list: readonly Word[]): Word[] => list.map(({ code, zh, en }) => ({ code, zh, en }))

/** The regulation's words for what the library's pages name by code. */
export function libraryVocabulary(inForce: Regulation) {
  return {
    specialties: words(inForce.specialties),
    methods: inForce.methods.map(({ code, zh, en, specialties }) => ({ code, zh, en, specialties })),
    grades: words(inForce.grades),
    titles: words(inForce.titles),
    categories: words(inForce.categories),
    cities: words(inForce.cities),
  }
}
