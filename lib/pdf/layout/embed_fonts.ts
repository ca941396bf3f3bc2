import { createHash } from 'node:crypto'
import * as fontkit from '@cantoo/fontkit'
import { PDFHexString, type PDFContext, type PDFRef } from 'pdf-lib'
import subsetFont from 'subset-font'
import type { FaceName, FontFile } from './font_files.ts'
import type { FontSet } from './font_set.ts'

export type EmbeddedFont = { resource: string; ref: PDFRef; encode: (text: string) => string }

/**
 * Embeds a subset of every face used: CIDFontType2, Identity-H, a ToUnicode map and widths in thousandths,
 * no CIDSet (PDF/A-2u). Subsets come from HarfBuzz; a subset by the layout library leaves glyphs blank.
 */
export async function embedFonts(
  context: PDFContext,
  fonts: FontSet,
  used: Map<FaceName, Set<string>>
): Promise<Map<FaceName, EmbeddedFont>> {
  const embedded = new Map<FaceName, EmbeddedFont>()
  for (const [name, characters] of [...used].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const resource = `F${embedded.size + 1}`
    embedded.set(name, await embedFace(context, fonts.faces.get(name)!, [...characters].sort(), resource))
  }
  return embedded
}

async function embedFace(
  context: PDFContext,
  file: FontFile,
  characters: readonly string[],
  resource: string
): Promise<EmbeddedFont> {
  const subset = await subsetFont(file.data, characters.join(''), {
    targetFormat: 'truetype',
    noLayoutClosure: true,
    keepFeatures: [],
    noHinting: true,
  })
  const font = fontkit.create(subset)
  if (!('glyphForCodePoint' in font)) throw new TypeError('a subset is one font')
  const glyphs = new Map<string, number>()
  for (const character of characters) {
    const glyph = font.glyphForCodePoint(character.codePointAt(0)!)
    if (!glyph || glyph.id === 0) throw new RangeError(`the subset of ${file.name} lost ${character}`)
    glyphs.set(character, glyph.id)
  }
  const scale = 1000 / font.unitsPerEm
  const baseFont = `${subsetTag(characters)}+${file.postscriptName}`
  const box = [font.bbox.minX, font.bbox.minY, font.bbox.maxX, font.bbox.maxY].map((side) =>
    Math.round(side * scale)
  )
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: baseFont,
      Flags: 4,
      FontBBox: box,
      ItalicAngle: 0,
      Ascent: Math.round(font.ascent * scale),
      Descent: Math.round(font.descent * scale),
      CapHeight: Math.round(font.capHeight * scale),
      StemV: 80,
      FontFile2: context.register(context.flateStream(subset, { Length1: subset.length })),
    })
  )
  const widths = widthArray(
    new Map([...glyphs].map(([character, id]) => [id, file.advance(character.codePointAt(0)!)]))
  )
  const descendant = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: baseFont,
      FontDescriptor: descriptor,
      DW: 1000,
      W: widths,
      CIDToGIDMap: 'Identity',
      CIDSystemInfo: {
        Registry: PDFHexString.of(hexOf('Adobe')),
        Ordering: PDFHexString.of(hexOf('Identity')),
        Supplement: 0,
      },
    })
  )
  const ref = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: baseFont,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: context.register(context.flateStream(toUnicode(glyphs))),
    })
  )
  const encode = (text: string) => [...text].map((character) => hex4(glyphs.get(character)!)).join('')
  return { resource, ref, encode }
}

/** Six letters that depend on the characters alone, so that the same document gives the same bytes. */
function subsetTag(characters: readonly string[]): string {
  const digest = createHash('sha256').update(characters.join('')).digest()
  return [...digest.subarray(0, 6)].map((byte) => String.fromCharCode(65 + (byte % 26))).join('')
}

/** /W with runs of consecutive glyphs; each advance rounded to a thousandth of the em. */
function widthArray(advances: Map<number, number>): (number | number[])[] {
  const out: (number | number[])[] = []
  let run: number[] = []
  let last = -2
  for (const [id, advance] of [...advances].sort(([a], [b]) => a - b)) {
    if (id === last + 1) run.push(Math.round(advance))
    else out.push(id, (run = [Math.round(advance)]))
    last = id
  }
  return out
}

/** CMap of ISO 32000-1, 9.10.3, one line a glyph. */
function toUnicode(glyphs: Map<string, number>): string {
  const byGlyph = new Map<number, string>()
  for (const [character, id] of glyphs) if (!byGlyph.has(id)) byGlyph.set(id, character)
  const lines = [...byGlyph]
    .sort(([a], [b]) => a - b)
    .map(([id, character]) => `<${hex4(id)}> <${utf16(character)}>`)
  const blocks: string[] = []
  for (let index = 0; index < lines.length; index += 100) {
    const block = lines.slice(index, index + 100)
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`)
  }
  return `/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n${blocks.join('\n')}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend`
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0')
}

function utf16(character: string): string {
  return Array.from({ length: character.length }, (_, index) => hex4(character.charCodeAt(index))).join('')
}

function hexOf(ascii: string): string {
  return Buffer.from(ascii, 'latin1').toString('hex')
}
