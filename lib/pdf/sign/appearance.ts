import { fail, ok, type Result } from '../../result.ts'
import type { FieldFont } from './field_font.ts'

/** A hand-written stroke: points from the upper left corner of the pad it was written on, in its own unit. */
export type Handwriting = {
  width: number
  height: number
  strokes: readonly (readonly (readonly [number, number])[])[]
}

/** What a signature shows: the name (in print when nothing was written by hand) and the time, as text. */
export type Appearance = { name: string; time: string; handwriting?: Handwriting }

export type AppearanceError =
  { code: 'appearance_characters'; characters: string[] } | { code: 'appearance_handwriting'; limit: number }

const MOST_POINTS = 20_000
const TIME_SIZE = 7
const NAME_SIZE = 19
const INK = '0.08 0.12 0.12'

/** Content of a signature's appearance stream within a box of this size, in points. */
export function appearanceContent(
  input: Appearance,
  box: { width: number; height: number },
  font: FieldFont
): Result<string, AppearanceError> {
  const missing = [...new Set(input.time)].filter((character) => !font.glyphs.has(character))
  if (missing.length > 0) return fail({ code: 'appearance_characters', characters: missing })
  const time = encode(input.time, font)
  const timeX = Math.max(0, box.width - width(time, font, TIME_SIZE) - 2)
  const lines = [text(time, timeX, 3, TIME_SIZE)]
  const room = { width: box.width, height: box.height - TIME_SIZE - 5, bottom: TIME_SIZE + 5 }
  if (!input.handwriting) {
    // A name in a rarer font stands in the label above the box; only what this font can write is printed here.
    const printable = [...input.name].every((character) => font.glyphs.has(character))
    return ok(
      [...(printable ? [printedName(encode(input.name, font), room, font)] : []), ...lines].join('\n')
    )
  }
  const { handwriting } = input
  const points = handwriting.strokes.reduce((sum, stroke) => sum + stroke.length, 0)
  if (
    points === 0 ||
    points > MOST_POINTS ||
    !handwriting.strokes.flat(2).every(Number.isFinite) ||
    !(handwriting.width > 0) ||
    !(handwriting.height > 0)
  ) {
    return fail({ code: 'appearance_handwriting', limit: MOST_POINTS })
  }
  return ok([written(handwriting, room), ...lines].join('\n'))
}

type Room = { width: number; height: number; bottom: number }

function printedName(glyphs: readonly number[], room: Room, font: FieldFont): string {
  const natural = width(glyphs, font, NAME_SIZE)
  const size = Math.min(NAME_SIZE, (NAME_SIZE * (room.width - 8)) / natural, room.height)
  return text(glyphs, 4, room.bottom + (room.height - size) / 2 + size * 0.12, size)
}

function encode(value: string, font: FieldFont): number[] {
  return [...value].map((character) => font.glyphs.get(character)!)
}

function width(glyphs: readonly number[], font: FieldFont, size: number): number {
  return (glyphs.reduce((sum, glyph) => sum + font.widthOf(glyph), 0) * size) / 1000
}

function text(glyphs: readonly number[], x: number, y: number, size: number): string {
  const hex = glyphs.map((glyph) => glyph.toString(16).padStart(4, '0')).join('')
  return `BT ${INK} rg /F1 ${decimal(size)} Tf ${decimal(x)} ${decimal(y)} Td <${hex}> Tj ET`
}

/** The strokes scaled into the room, smoothed by quadratic arcs through the middles of their segments. */
function written({ width, height, strokes }: Handwriting, room: Room): string {
  const scale = Math.min(room.width / width, room.height / height)
  const at = ([x, y]: readonly [number, number]) =>
    [x * scale, room.bottom + room.height - y * scale] as const
  const paths = strokes.filter((stroke) => stroke.length > 0).map((stroke) => smooth(stroke.map(at)))
  return [`q ${INK} RG 1.1 w 1 J 1 j`, ...paths, 'Q'].join('\n')
}

type Point = readonly [number, number]

function smooth(points: readonly Point[]): string {
  const [first] = points
  if (points.length === 1) return `${pair(first!)} m ${pair(first!)} l S`
  const parts = [`${pair(first!)} m`]
  let from = first!
  for (let index = 1; index < points.length - 1; index++) {
    const control = points[index]!
    const next = points[index + 1]!
    const to: Point = [(control[0] + next[0]) / 2, (control[1] + next[1]) / 2]
    parts.push(`${pair(towards(from, control))} ${pair(towards(to, control))} ${pair(to)} c`)
    from = to
  }
  return [...parts, `${pair(points.at(-1)!)} l S`].join(' ')
}

function towards(from: Point, control: Point): Point {
  return [from[0] + ((control[0] - from[0]) * 2) / 3, from[1] + ((control[1] - from[1]) * 2) / 3]
}

function pair([x, y]: Point): string {
  return `${decimal(x)} ${decimal(y)}`
}

function decimal(value: number): string {
  return String(Math.round(value * 100) / 100)
}
