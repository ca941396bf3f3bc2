import type { DefectGroup } from '#core/regulation/types'

export type OpinionKind = 'must_fix' | 'advice' | 'severe_defect'
export type OpinionText = {
  kind: OpinionKind
  /** First page it points at, from 1; null where it names none. */
  page: number | null
  /** A chapter, table or drawing by name, where a page alone does not say it. */
  place: string
  basis: string
  requirement: string
  defect_item: string | null
}

export type ConcretenessHint =
  | { code: 'place_missing' | 'basis_missing' | 'requirement_missing' | 'defect_item_missing' }
  | { code: 'requirement_too_short'; characters: number }
  | { code: 'vague_phrase'; phrase: string }

/** Phrases that ask for nothing in particular when they are all there is. */
const VAGUE = [
  '进一步完善',
  '加强管理',
  '加强监测',
  '按规范执行',
  '按规范要求',
  '满足规范要求',
  '确保安全',
  '适当调整',
  '注意安全',
  '补充完善',
]
const SHORTEST_REQUIREMENT = 8

/**
 * Rule MEET-5 (NN 5(3), notice 31 of 2018). A must-fix item and a severe defect say where, on what basis and
 * what is required; advice says what. Hands back what is lacking; an empty list is a concrete opinion.
 */
export function concretenessHints(opinion: OpinionText): ConcretenessHint[] {
  const hints: ConcretenessHint[] = []
  const strict = opinion.kind !== 'advice'
  const requirement = opinion.requirement.trim()
  if (strict && opinion.page === null && opinion.place.trim() === '') hints.push({ code: 'place_missing' })
  if (strict && opinion.basis.trim() === '') hints.push({ code: 'basis_missing' })
  if (opinion.kind === 'severe_defect' && opinion.defect_item === null)
    hints.push({ code: 'defect_item_missing' })
  if (requirement === '') return [...hints, { code: 'requirement_missing' }]
  const rest = VAGUE.reduce((text, phrase) => text.replaceAll(phrase, ''), requirement)
  const phrase = VAGUE.find((one) => requirement.includes(one))
  const characters = [...rest.replace(/[\p{P}\s]/gu, '')].length
  if (characters >= SHORTEST_REQUIREMENT) return hints
  return [
    ...hints,
    phrase === undefined ? { code: 'requirement_too_short', characters } : { code: 'vague_phrase', phrase },
  ]
}

/**
 * Rule CONC-3. The listed defect that a must-fix item's wording amounts to, or null: then it has to be
 * raised as the defect or worded as what it is, incomplete. Three quarters of the listed item's pairs of
 * characters found in the text count as the same wording.
 */
export function amountsToListedDefect(text: string, groups: readonly DefectGroup[]): string | null {
  const pairs = new Set(pairsOf(text))
  for (const item of groups.flatMap((group) => group.items)) {
    const wanted = pairsOf(item.zh)
    const found = wanted.filter((pair) => pairs.has(pair)).length
    if (found * 4 >= wanted.length * 3) return item.code
  }
  return null
}

function pairsOf(text: string): string[] {
  const characters = [...text.replace(/（[^）]*）/gu, '').replace(/[\p{P}\s]/gu, '')]
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`)
}
