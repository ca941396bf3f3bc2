import { CELL, CONTENT_WIDTH, PAGE, type Flow, type TextStyle } from './flow.ts'
import type { Line } from './break_lines.ts'
import { HAIR, TINT, newTag, type Tag } from './ops.ts'

export type Cell = {
  text: string
  span?: number
  label?: boolean
  align?: 'left' | 'centre'
  style?: Partial<TextStyle>
}
export type TableSpec = {
  /** Shares of the width; they are scaled to the content's width. */
  columns: readonly number[]
  /** Head row, repeated on every page that the table reaches. */
  head?: readonly string[]
  rows: readonly (readonly Cell[])[]
}

const PAD_X = 6
const PAD_Y = 4.5
/** Rows taller than this, in points, may continue on the next page, given this much room to begin in. */
const DIVISIBLE = 180
const ROOM_TO_BEGIN = 80

type SetCell = { cell: Cell; x: number; width: number; lines: Line[]; style: TextStyle; tag: Tag | undefined }

/** Sets a ruled table. A tall row continues on the next page; the others move on whole. */
export function table(flow: Flow, spec: TableSpec): void {
  const total = spec.columns.reduce((sum, column) => sum + column, 0)
  const widths = spec.columns.map((column) => (column / total) * CONTENT_WIDTH)
  const tag = newTag('Table', flow.root)
  const head = spec.head?.map((text): Cell => ({ text, label: true, align: 'centre' }))
  const headHeight = head ? heightOf(setRow(flow, head, widths, undefined)) : 0
  const first = spec.rows[0] ? openingHeight(heightOf(setRow(flow, spec.rows[0], widths, undefined))) : 0
  flow.keep(headHeight + first)
  if (head) drawRow(flow, setRow(flow, head, widths, newTag('TR', tag), 'Column'))
  for (const row of spec.rows) {
    const rowTag = newTag('TR', tag)
    let cells = setRow(flow, row, widths, rowTag)
    while (flow.y - heightOf(cells) < flow.bottom) {
      if (heightOf(cells) > DIVISIBLE && flow.y - flow.bottom > ROOM_TO_BEGIN) {
        const [now, later] = split(cells, flow.y - flow.bottom)
        drawRow(flow, now)
        cells = later
      }
      flow.newPage()
      if (head) drawRow(flow, setRow(flow, head, widths, undefined))
    }
    drawRow(flow, cells)
  }
  flow.gap(10)
}

function openingHeight(height: number): number {
  return height > DIVISIBLE ? ROOM_TO_BEGIN + 1 : height
}

function setRow(
  flow: Flow,
  row: readonly Cell[],
  widths: readonly number[],
  tag: Tag | undefined,
  header?: 'Column'
): SetCell[] {
  let column = 0
  let x = PAGE.left
  return row.map((cell) => {
    const span = cell.span ?? 1
    const width = widths.slice(column, column + span).reduce((sum, one) => sum + one, 0)
    const style: TextStyle = {
      ...CELL,
      ...(cell.label ? { weight: 'bold' as const, size: 9 } : {}),
      ...cell.style,
    }
    const cellTag = tag && newTag(cell.label ? 'TH' : 'TD', tag)
    if (cellTag && cell.label) cellTag.header = header ?? 'Row'
    if (cellTag && span > 1) cellTag.span = span
    const set = {
      cell,
      x,
      width,
      style,
      tag: cellTag,
      lines: flow.lines(cell.text, width - PAD_X * 2, style),
    }
    column += span
    x += width
    return set
  })
}

function heightOf(cells: readonly SetCell[]): number {
  return Math.max(...cells.map(({ lines, style }) => lines.length * style.leading)) + PAD_Y * 2
}

function split(cells: readonly SetCell[], room: number): [SetCell[], SetCell[]] {
  const fit = ({ style }: SetCell) => Math.floor((room - PAD_Y * 2) / style.leading)
  return [
    cells.map((cell) => ({ ...cell, lines: cell.lines.slice(0, fit(cell)) })),
    cells.map((cell) => ({ ...cell, lines: cell.lines.slice(fit(cell)) })),
  ]
}

function drawRow(flow: Flow, cells: readonly SetCell[]): void {
  const height = heightOf(cells)
  for (const { cell, x, width } of cells) {
    const box = { kind: 'box' as const, x, y: flow.y - height, width, height, tag: undefined }
    flow.page.ops.push({ ...box, line: 0.5, colour: HAIR, ...(cell.label ? { fill: TINT } : {}) })
  }
  for (const { cell, x, width, lines, style, tag } of cells) {
    const top = flow.y - (cell.label ? (height - lines.length * style.leading) / 2 : PAD_Y)
    for (const [index, line] of lines.entries()) {
      const shift = cell.align === 'centre' ? Math.max(0, (width - PAD_X * 2 - line.width) / 2) : 0
      flow.drawLine(line, x + PAD_X + shift, top - index * style.leading, width - PAD_X * 2, style, tag)
    }
  }
  flow.y -= height
}
