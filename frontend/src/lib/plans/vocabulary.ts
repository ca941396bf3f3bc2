import { getLocale } from '#paraglide/runtime.js'
import { api } from '../api/client.ts'
import type { CategoryWords, Vocabulary } from './types.ts'

let loading: Promise<Vocabulary> | null = null

/** The regulation's words, fetched once a visit; a failed attempt is tried again. */
export function vocabulary(): Promise<Vocabulary> {
  loading ??= api.get<Vocabulary>('/api/plan-vocabulary').catch((error: unknown) => {
    loading = null
    throw error
  })
  return loading
}

/** With a capital, as a label begins. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** In the page's language; clauses and the list of severe defects exist in Chinese only. */
export function word(named: { zh: string; en: string } | undefined): string {
  if (!named) return ''
  return getLocale() === 'en' ? sentence(named.en) : named.zh
}

export function categoryOf(words: Vocabulary, code: string): CategoryWords | undefined {
  return words.categories.find((one) => one.code === code)
}

/** Items of the severe-defects list that are asked of works of these categories, with their group. */
export function defectGroups(words: Vocabulary, categories: readonly string[]): Vocabulary['severeDefects'] {
  const own = new Set(
    words.categories.filter((one) => categories.includes(one.code)).flatMap((one) => one.defectGroups)
  )
  return words.severeDefects.filter((group) => group.every_plan || own.has(group.group))
}

export function drawingsOf(
  words: Vocabulary,
  categories: readonly string[]
): { code: string; zh: string; en: string }[] {
  const found = words.categories.filter((one) => categories.includes(one.code)).flatMap((one) => one.drawings)
  return found.filter((drawing, index) => found.findIndex((one) => one.code === drawing.code) === index)
}
