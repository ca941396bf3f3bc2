import { commonPairs } from './longest_common.ts'
import type { PageText } from './page_text.ts'

export type LineChange = { kind: 'same' | 'added' | 'removed'; text: string }

/** One place where two versions differ. Page numbers count from 1; null where there is no page. */
export interface PageChange {
  readonly kind: 'changed' | 'added' | 'removed'
  readonly from: number | null
  readonly to: number | null
  readonly lines: readonly LineChange[]
}

export interface VersionComparison {
  readonly changes: readonly PageChange[]
  readonly samePages: number
  /** Pages of the later version without a text layer: scans, which can't be compared by their words. */
  readonly unreadable: readonly number[]
}

const EMPTY_PAGE = '\u0000'

/**
 * What changed from one version of a plan to another, page by page. Pages with the same words are the same
 * page wherever they stand, so an inserted page does not make all that follow it changed. Running page
 * numbers are left out of the comparison, else it would.
 */
export function comparePages(before: readonly PageText[], after: readonly PageText[]): VersionComparison {
  const a = before.map((page, index) => keyOf(page, index))
  const b = after.map((page, index) => keyOf(page, index))
  const pairs = commonPairs(a, b)
  const changes: PageChange[] = []
  let x = 0
  let y = 0
  for (const [nextX, nextY] of [...pairs, [before.length, after.length] as const]) {
    changes.push(...gap(before, after, x, nextX, y, nextY))
    x = nextX + 1
    y = nextY + 1
  }
  const unreadable = after.flatMap((page, index) => (page.lines.length === 0 ? [index + 1] : []))
  return { changes, samePages: pairs.length, unreadable }
}

/** A scan has no words: it equals only the scan at the same place, else ten scans would pair at random. */
function keyOf(page: PageText, index: number): string {
  const words = wordsOf(page)
  return words.length > 0 ? words.join('\n') : `${EMPTY_PAGE}${index}`
}

/** The lines without a running page number, which stands alone at the head or foot. */
function wordsOf(page: PageText): string[] {
  return page.lines.filter(
    (line, index) => (index > 0 && index < page.lines.length - 1) || !isPageNumber(line)
  )
}

export function isPageNumber(line: string): boolean {
  return /^[-–—\s]*(第\s*)?\d{1,4}(\s*页)?(\s*[/／]?\s*(共\s*)?\d{1,4}(\s*页)?)?[-–—\s]*$/u.test(line)
}

function gap(
  before: readonly PageText[],
  after: readonly PageText[],
  x: number,
  endX: number,
  y: number,
  endY: number
): PageChange[] {
  const changes: PageChange[] = []
  while (x < endX && y < endY)
    changes.push({
      kind: 'changed',
      from: x + 1,
      to: y + 1,
      lines: compareLines(wordsOf(before[x++]!), wordsOf(after[y++]!)),
    })
  while (x < endX)
    changes.push({
      kind: 'removed',
      from: x + 1,
      to: null,
      lines: wordsOf(before[x++]!).map((text) => ({ kind: 'removed', text })),
    })
  while (y < endY)
    changes.push({
      kind: 'added',
      from: null,
      to: y + 1,
      lines: wordsOf(after[y++]!).map((text) => ({ kind: 'added', text })),
    })
  return changes
}

/** Line by line what was taken away and what was put in, in reading order. */
export function compareLines(before: readonly string[], after: readonly string[]): LineChange[] {
  const lines: LineChange[] = []
  let x = 0
  let y = 0
  for (const [nextX, nextY] of [...commonPairs(before, after), [before.length, after.length] as const]) {
    while (x < nextX) lines.push({ kind: 'removed', text: before[x++]! })
    while (y < nextY) lines.push({ kind: 'added', text: after[y++]! })
    if (nextX < before.length) lines.push({ kind: 'same', text: before[nextX]! })
    x = nextX + 1
    y = nextY + 1
  }
  return lines
}
