/** 避头: may not begin a line. 避尾: may not end one (GB/T 15834 and common practice). */
const NOT_FIRST = new Set('，。、；：？！）》〉」』】〕”’…—·％%℃,.;:?!)]}’')
const NOT_LAST = new Set('（《〈「『【〔“‘([{')
/** Full-width closing marks whose right half is blank: they may hang half an em over the margin. */
const HANGING = new Set('，。、；：）》」』”')
const WORD = /[A-Za-z0-9À-ɏ_.,:;@#$%&*+=/~<>^|\\≤≥°'-]/

export type Line = { text: string; width: number; last: boolean }

/**
 * Breaks a paragraph into lines no wider than `width` points. Han characters break anywhere that the rules
 * for punctuation allow; Latin words and numbers stay whole unless a line can't hold them.
 */
export function breakLines(
  text: string,
  width: number,
  measure: (text: string) => number,
  hang: number
): Line[] {
  return text.split('\n').flatMap((paragraph) => breakParagraph(paragraph, width, measure, hang))
}

function breakParagraph(
  text: string,
  width: number,
  measure: (text: string) => number,
  hang: number
): Line[] {
  const lines: Line[] = []
  let line = ''
  let used = 0
  for (const unit of unitsOf(text, width, measure)) {
    const size = measure(unit)
    const allowance = HANGING.has(unit.at(-1)!) ? hang : 0
    if (line && used + size > width + allowance) {
      lines.push({ text: line.trimEnd(), width: measure(line.trimEnd()), last: false })
      line = ''
      used = 0
    }
    // Blanks are an indent at the head of a paragraph, and nothing at the head of its other lines.
    if (!line && lines.length > 0 && unit.trim() === '') continue
    line += unit
    used += size
  }
  lines.push({ text: line.trimEnd(), width: measure(line.trimEnd()), last: true })
  return lines
}

/** The smallest pieces that may stand on a line of their own. */
function unitsOf(text: string, width: number, measure: (text: string) => number): string[] {
  const units: string[] = []
  for (const character of text) {
    const before = units.at(-1)
    if (before !== undefined && sticks(before, character)) units[units.length - 1] = before + character
    else units.push(character)
  }
  return units.flatMap((unit) => (measure(unit) > width ? [...unit] : [unit]))
}

function sticks(before: string, next: string): boolean {
  const last = [...before].at(-1)!
  if (NOT_FIRST.has(next) && last !== ' ') return true
  if (NOT_LAST.has(last)) return true
  return WORD.test(last) && WORD.test(next)
}
