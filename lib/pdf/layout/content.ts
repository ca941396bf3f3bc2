import { textString } from '../cos/values.ts'
import type { FaceName } from './font_files.ts'
import type { EmbeddedFont } from './embed_fonts.ts'
import type { FontSet } from './font_set.ts'
import type { Colour, Op, Tag } from './ops.ts'

/** Numbers with at most three decimals: more would not show and would make files differ for nothing. */
export function decimal(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}

export type MarkedContent = { tag: Tag; id: number }

/** The content stream of a page, and which marked content belongs to which structure element. */
export function pageContent(
  ops: readonly Op[],
  fonts: FontSet,
  embedded: Map<FaceName, EmbeddedFont>
): { source: string; marks: MarkedContent[] } {
  const marks: MarkedContent[] = []
  const out: string[] = []
  for (const [index, op] of ops.entries()) {
    const opens = index === 0 || ops[index - 1]!.tag !== op.tag
    const closes = index === ops.length - 1 || ops[index + 1]!.tag !== op.tag
    if (opens && op.tag) {
      out.push(`/${op.tag.type} <</MCID ${marks.length}>> BDC`)
      marks.push({ tag: op.tag, id: marks.length })
    } else if (opens) out.push('/Artifact BMC')
    const spoken = 'spoken' in op ? op.spoken : undefined
    if (spoken) out.push(`/Span <</ActualText ${textString(spoken)}>> BDC`)
    out.push(draw(op, fonts, embedded))
    if (spoken) out.push('EMC')
    if (closes) out.push('EMC')
  }
  return { source: out.join('\n'), marks }
}

function draw(op: Op, fonts: FontSet, embedded: Map<FaceName, EmbeddedFont>): string {
  switch (op.kind) {
    case 'text':
      return drawText(op, fonts, embedded)
    case 'line':
      return drawLine(op)
    case 'box':
      return drawBox(op)
    case 'squares':
      return drawSquares(op)
  }
}

function colour([red, green, blue]: Colour, operator: 'rg' | 'RG'): string {
  return `${decimal(red)} ${decimal(green)} ${decimal(blue)} ${operator}`
}

function drawText(op: Op & { kind: 'text' }, fonts: FontSet, embedded: Map<FaceName, EmbeddedFont>): string {
  const parts = [
    `BT ${colour(op.colour, 'rg')} ${decimal(op.spacing)} Tc ${decimal(op.x)} ${decimal(op.y)} Td`,
  ]
  for (const run of fonts.runs(op.text, op.size, op.weight)) {
    const font = embedded.get(run.face)!
    parts.push(`/${font.resource} ${decimal(op.size)} Tf <${font.encode(run.text)}> Tj`)
  }
  return `${parts.join(' ')} ET`
}

function drawLine(op: Op & { kind: 'line' }): string {
  const path = op.points
    .map(([x, y], index) => `${decimal(x)} ${decimal(y)} ${index === 0 ? 'm' : 'l'}`)
    .join(' ')
  const dash = op.dash ? `[${op.dash}] 0 d` : '[] 0 d'
  return `${colour(op.colour, 'RG')} ${decimal(op.width)} w 1 J 1 j ${dash} ${path} S`
}

function drawBox(op: Op & { kind: 'box' }): string {
  const shape = [op.x, op.y, op.width, op.height].map(decimal).join(' ')
  const fill = op.fill ? `${colour(op.fill, 'rg')} ${shape} re f` : ''
  const dash = op.dash ? `[${op.dash}] 0 d` : '[] 0 d'
  const line = op.line ? `${colour(op.colour, 'RG')} ${decimal(op.line)} w 0 J 0 j ${dash} ${shape} re S` : ''
  return `${fill} ${line}`.trim()
}

function drawSquares(op: Op & { kind: 'squares' }): string {
  const side = op.size / op.count
  const cells = op.cells.map(
    ([column, row]) =>
      `${decimal(op.x + column * side)} ${decimal(op.y + op.size - (row + 1) * side)} ${decimal(side)} ${decimal(side)} re`
  )
  return `0 0 0 rg ${cells.join(' ')} f`
}

/** Which characters of which face the ops use. */
export function usedCharacters(ops: Iterable<Op>, fonts: FontSet): Map<FaceName, Set<string>> {
  const used = new Map<FaceName, Set<string>>()
  for (const op of ops) {
    if (op.kind !== 'text') continue
    for (const run of fonts.runs(op.text, op.size, op.weight)) {
      const characters = used.get(run.face) ?? new Set()
      for (const character of run.text) characters.add(character)
      used.set(run.face, characters)
    }
  }
  return used
}
