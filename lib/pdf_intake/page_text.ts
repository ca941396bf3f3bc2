/** One page as far as versions are compared by it: size in points, and its text by lines. */
export interface PageText {
  readonly width: number
  readonly height: number
  readonly lines: readonly string[]
}

interface TextPiece {
  readonly str: string
  readonly hasEOL: boolean
}

/**
 * Joins what a reader extracts into lines: white space is folded, blank lines dropped and text in NFC, so
 * that the same words compare equal although two programs wrote them.
 */
export function linesOf(pieces: readonly TextPiece[]): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    line += piece.str
    if (!piece.hasEOL) continue
    lines.push(line)
    line = ''
  }
  lines.push(line)
  return lines.map((one) => one.normalize('NFC').replace(/\s+/gu, ' ').trim()).filter((one) => one !== '')
}
