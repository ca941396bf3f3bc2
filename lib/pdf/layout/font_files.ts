import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import * as fontkit from '@cantoo/fontkit'

export type FaceName = 'regular' | 'bold' | 'mono' | `fallback-${number}` | `rare-${number}`

/** What layout asks of a font: whether it has a character, and how wide it is in thousandths of an em. */
export type FontFile = {
  name: FaceName
  postscriptName: string
  data: Uint8Array
  has: (codePoint: number) => boolean
  advance: (codePoint: number) => number
}

const require = createRequire(import.meta.url)

const FILES = {
  regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  mono: '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff',
} as const

const cache = new Map<FaceName, Promise<FontFile>>()

/** Reads a face once per process: a Chinese font is 10 MB. */
export function loadFace(name: keyof typeof FILES): Promise<FontFile> {
  const known = cache.get(name) ?? open(name, require.resolve(FILES[name]))
  cache.set(name, known)
  return known
}

/** Slices of Noto Sans JP kept here: ideographs of planes 2 and 3 in names, 𠮷 among them. */
const RARE = ['rare-0', 'rare-1'] as const
const rareFile = (name: (typeof RARE)[number]) =>
  fileURLToPath(
    new URL(
      `../../../resources/fonts/noto-sans-jp/noto-sans-jp-${name.slice(5)}-400-normal.woff`,
      import.meta.url
    )
  )

/** A face that has a character that Noto Sans SC lacks: a slice of Noto Serif SC, else one of Noto Sans JP. */
export async function loadFallback(codePoint: number): Promise<FontFile | undefined> {
  const slice = sliceOf(codePoint)
  const candidates: [FaceName, string][] = [
    ...(slice === undefined ? [] : [serif(slice)]),
    ...RARE.map((name): [FaceName, string] => [name, rareFile(name)]),
  ]
  for (const [name, path] of candidates) {
    const known = cache.get(name) ?? open(name, path)
    cache.set(name, known)
    const face = await known
    if (face.has(codePoint)) return face
  }
  return undefined
}

function serif(slice: number): [FaceName, string] {
  const file = `@fontsource/noto-serif-sc/files/noto-serif-sc-${slice}-400-normal.woff`
  return [`fallback-${slice}`, require.resolve(file)]
}

function sliceOf(codePoint: number): number | undefined {
  const ranges = require('@fontsource/noto-serif-sc/unicode.json') as Record<string, string>
  for (const [key, list] of Object.entries(ranges)) {
    const slice = /^\[(\d+)\]$/.exec(key)?.[1]
    if (slice && list.split(',').some((range) => inRange(range, codePoint))) return Number(slice)
  }
  return undefined
}

function inRange(range: string, codePoint: number): boolean {
  const [from, to = from] = range.trim().replace(/^U\+/i, '').split('-')
  return codePoint >= Number.parseInt(from!, 16) && codePoint <= Number.parseInt(to!, 16)
}

async function open(name: FaceName, path: string): Promise<FontFile> {
  const data = await readFile(path)
  const font = fontkit.create(data)
  if (!('glyphForCodePoint' in font)) throw new TypeError(`${path} is a collection`)
  const { postscriptName } = font
  if (!postscriptName) throw new TypeError(`${path} has no name`)
  const scale = 1000 / font.unitsPerEm
  const widths = new Map<number, number>()
  return {
    name,
    data,
    postscriptName,
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    advance: (codePoint) => {
      const known = widths.get(codePoint)
      if (known !== undefined) return known
      const width = (font.glyphForCodePoint(codePoint)?.advanceWidth ?? 0) * scale
      widths.set(codePoint, width)
      return width
    },
  }
}
