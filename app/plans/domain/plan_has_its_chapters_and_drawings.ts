import type { Regulation } from '#core/regulation/types'

/** `page` is the first page, from 1. A chapter or drawing without one counts as not there. */
export type PlacedPart = { code: string; page: number | null }
export type Completeness = { complete: boolean; chapters: string[]; drawings: string[] }

/**
 * Rule PLAN-2 (notice 31 of 2018, section 2; guide 48 of 2021). A plan has the nine chapters, and the
 * drawings that its works ask for by type. Hands back the codes of what is missing, in their order.
 */
export function missingParts(
  categories: readonly string[],
  chapters: readonly PlacedPart[],
  drawings: readonly PlacedPart[],
  regulation: Regulation
): Completeness {
  const lacking = (codes: string[], parts: readonly PlacedPart[]) =>
    codes.filter((code) => !parts.some((part) => part.code === code && isPage(part.page)))
  const missing = {
    chapters: lacking(
      regulation.chapters.map((chapter) => chapter.code),
      chapters
    ),
    drawings: lacking(drawingsFor(categories, regulation), drawings),
  }
  return { complete: missing.chapters.length + missing.drawings.length === 0, ...missing }
}

/** Rule PLAN-2. The drawings that works of these categories ask for together, each once. */
export function drawingsFor(categories: readonly string[], regulation: Regulation): string[] {
  const wanted = regulation.categories.filter((category) => categories.includes(category.code))
  return [...new Set(wanted.flatMap((category) => category.drawings.map((drawing) => drawing.code)))]
}

function isPage(page: number | null): boolean {
  return page !== null && Number.isSafeInteger(page) && page >= 1
}
