import { unzlibSync } from 'fflate'
import { fromLatin1, type Bytes } from '../../pki/bytes.ts'
import type { CosFile } from '../cos/file.ts'
import { entry, nameIn, type CosValue } from '../cos/values.ts'

/** The font that signature appearances are written in: glyph by character, widths in thousandths of an em. */
export type FieldFont = {
  glyphs: Map<string, number>
  characters: Map<number, string>
  widthOf: (glyph: number) => number
}

/** Reads the font named F1 of an appearance stream's resources. Throws RangeError when it is not as we write it. */
export function fieldFont(file: CosFile, appearance: CosValue, revision = file.last): FieldFont {
  const resources = file.resolve(entry(appearance, 'Resources'), revision)
  const font = file.resolve(entry(file.resolve(entry(resources, 'Font'), revision), 'F1'), revision)
  const map = file.resolve(entry(font, 'ToUnicode'), revision)
  const descendants = file.resolve(entry(font, 'DescendantFonts'), revision)
  if (map?.kind !== 'stream' || descendants?.kind !== 'array')
    throw new RangeError('not the font of this product')
  const characters = readMap(nameIn(map, 'Filter') === 'FlateDecode' ? inflate(map.data) : map.data)
  const widths = readWidths(file.resolve(entry(file.resolve(descendants.items[0], revision), 'W'), revision))
  return {
    characters,
    glyphs: new Map([...characters].map(([glyph, character]) => [character, glyph])),
    widthOf: (glyph) => widths.get(glyph) ?? 1000,
  }
}

/** At most 1 MB: a map that is larger is cut, and a bomb stays small. */
function inflate(data: Bytes): Bytes {
  try {
    return unzlibSync(data, { out: new Uint8Array(2 ** 20) }) as Bytes
  } catch (cause) {
    throw new RangeError('not a deflated stream', { cause })
  }
}

function readMap(source: Bytes): Map<number, string> {
  const characters = new Map<number, string>()
  for (const [, glyph, units] of fromLatin1(source).matchAll(/^<([0-9a-f]{4})> <([0-9a-f]+)>$/gm)) {
    const codes = units!.match(/.{4}/g)!.map((unit) => Number.parseInt(unit, 16))
    characters.set(Number.parseInt(glyph!, 16), String.fromCharCode(...codes))
  }
  return characters
}

function readWidths(value: CosValue | undefined): Map<number, number> {
  const widths = new Map<number, number>()
  if (value?.kind !== 'array') return widths
  for (let index = 0; index + 1 < value.items.length; index += 2) {
    const first = value.items[index]!
    const run = value.items[index + 1]!
    if (first.kind !== 'number' || run.kind !== 'array') throw new RangeError('widths')
    for (const [offset, width] of run.items.entries()) {
      if (width.kind === 'number') widths.set(first.value + offset, width.value)
    }
  }
  return widths
}
