import { fail, ok, type Result } from '../../result.ts'
import { loadFace, loadFallback, type FaceName, type FontFile } from './font_files.ts'

export type Weight = 'regular' | 'bold' | 'mono'
export type TextRun = { face: FaceName; text: string; width: number }

export type CoverageError = { code: 'characters_not_printable'; characters: string[] }

/** The faces a document is set in, and the fallbacks for the characters they lack. */
export class FontSet {
  readonly faces: Map<FaceName, FontFile>
  private readonly fallbackOf: Map<number, FontFile>

  constructor(faces: Map<FaceName, FontFile>, fallbackOf: Map<number, FontFile>) {
    this.faces = faces
    this.fallbackOf = fallbackOf
  }

  faceFor(codePoint: number, weight: Weight): FontFile {
    const own = this.faces.get(weight)!
    if (own.has(codePoint)) return own
    const regular = this.faces.get('regular')!
    const other = regular.has(codePoint) ? regular : this.fallbackOf.get(codePoint)
    if (!other) throw new RangeError(`U+${codePoint.toString(16)} was not in the text that was checked`)
    return other
  }

  /** Width in points. */
  width(text: string, size: number, weight: Weight): number {
    let total = 0
    for (const character of text) {
      const codePoint = character.codePointAt(0)!
      total += this.faceFor(codePoint, weight).advance(codePoint)
    }
    return (total * size) / 1000
  }

  /** The text cut where the face changes. */
  runs(text: string, size: number, weight: Weight): TextRun[] {
    const runs: TextRun[] = []
    for (const character of text) {
      const codePoint = character.codePointAt(0)!
      const face = this.faceFor(codePoint, weight)
      const width = (face.advance(codePoint) * size) / 1000
      const run = runs.at(-1)
      if (run?.face === face.name) {
        run.text += character
        run.width += width
      } else runs.push({ face: face.name, text: character, width })
    }
    return runs
  }
}

/**
 * Loads the faces for a text. A character that no font here has (an emoji, a rare ideograph) is an error that
 * names it: the document would otherwise show an empty box in a person's name.
 */
export async function loadFonts(text: string): Promise<Result<FontSet, CoverageError>> {
  const [regular, bold, mono] = await Promise.all([loadFace('regular'), loadFace('bold'), loadFace('mono')])
  const faces = new Map<FaceName, FontFile>([
    ['regular', regular],
    ['bold', bold],
    ['mono', mono],
  ])
  const fallbackOf = new Map<number, FontFile>()
  const missing: string[] = []
  for (const character of new Set(text)) {
    const codePoint = character.codePointAt(0)!
    if (character === '\n' || regular.has(codePoint)) continue
    const other = isControl(codePoint) ? undefined : await loadFallback(codePoint)
    if (!other) missing.push(character)
    else {
      faces.set(other.name, other)
      fallbackOf.set(codePoint, other)
    }
  }
  if (missing.length > 0) return fail({ code: 'characters_not_printable', characters: missing })
  return ok(new FontSet(faces, fallbackOf))
}

/** Control and invisible formatting characters, right-to-left marks among them, have no place in a report. */
function isControl(codePoint: number): boolean {
  return (
    codePoint < 0x20 ||
    (codePoint >= 0x7f && codePoint < 0xa0) ||
    (codePoint >= 0x200b && codePoint <= 0x200f) ||
    (codePoint >= 0x202a && codePoint <= 0x202e) ||
    (codePoint >= 0x2060 && codePoint <= 0x206f) ||
    codePoint === 0xfeff
  )
}
