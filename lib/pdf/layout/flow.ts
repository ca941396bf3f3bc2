import { breakLines, type Line } from './break_lines.ts'
import type { FontSet, Weight } from './font_set.ts'
import { GREY, INK, newTag, type Colour, type Op, type Tag } from './ops.ts'

export const PAGE = { width: 595.28, height: 841.89, left: 62, right: 62, top: 92, bottom: 66 } as const
export const CONTENT_WIDTH = PAGE.width - PAGE.left - PAGE.right

export type Page = { ops: Op[]; fields: PlacedField[]; plain: boolean }
/** A signature field's place: lower left corner, size, in points. */
export type PlacedField = {
  name: string
  x: number
  y: number
  width: number
  height: number
  label: string
  tag: Tag
  expected?: { name: string; rosterNumber: string }
}
export type Bookmark = { title: string; page: number; y: number }

export type TextStyle = { size: number; leading: number; weight: Weight; colour: Colour; justify: boolean }
export const BODY: TextStyle = { size: 10.5, leading: 17.5, weight: 'regular', colour: INK, justify: true }
export const SMALL: TextStyle = { size: 8.5, leading: 13, weight: 'regular', colour: GREY, justify: false }
export const CELL: TextStyle = { size: 9.5, leading: 14.5, weight: 'regular', colour: INK, justify: false }

/** Sets blocks one under another and opens pages as needed. `y` is the top of what comes next. */
export class Flow {
  readonly fonts: FontSet
  readonly pages: Page[] = []
  readonly bookmarks: Bookmark[] = []
  readonly root: Tag = newTag('Document', undefined)
  y = 0

  constructor(fonts: FontSet) {
    this.fonts = fonts
  }

  get page(): Page {
    return this.pages.at(-1)!
  }

  get bottom(): number {
    return PAGE.bottom
  }

  newPage(plain = false): void {
    this.pages.push({ ops: [], fields: [], plain })
    this.y = PAGE.height - PAGE.top
  }

  /** Opens a new page unless this much height, in points, is left. */
  keep(height: number): void {
    if (this.y - height < this.bottom) this.newPage()
  }

  gap(height: number): void {
    this.y -= height
  }

  lines(text: string, width: number, style: TextStyle): Line[] {
    return breakLines(text, width, (part) => this.fonts.width(part, style.size, style.weight), style.size / 2)
  }

  /** One line of text whose baseline is set so that it sits optically centred in its leading. */
  drawLine(line: Line, x: number, top: number, width: number, style: TextStyle, tag: Tag | undefined): void {
    const count = [...line.text].length
    const slack = width - line.width
    const spread = style.justify && !line.last && slack > 0 && slack < style.size * 2.5 && count > 1
    this.text(
      line.text,
      x,
      top - style.leading / 2 - style.size * 0.36,
      style,
      tag,
      spread ? slack / (count - 1) : 0
    )
  }

  text(text: string, x: number, y: number, style: TextStyle, tag: Tag | undefined, spacing = 0): void {
    if (text === '') return
    const { size, weight, colour } = style
    this.page.ops.push({ kind: 'text', x, y, size, weight, text, colour, spacing, tag })
  }

  centred(text: string, y: number, style: TextStyle, tag: Tag | undefined): void {
    this.text(text, (PAGE.width - this.fonts.width(text, style.size, style.weight)) / 2, y, style, tag)
  }

  /** A paragraph over as many pages as it needs; `indent` in points for its first line, `inset` for all. */
  paragraph(
    text: string,
    style: TextStyle = BODY,
    options: { indent?: number; inset?: number; tag?: Tag } = {}
  ): void {
    const { indent = 0, inset = 0 } = options
    const tag = options.tag ?? newTag('P', this.root)
    const width = CONTENT_WIDTH - inset
    // The indent is set as blank em spaces, so that the first line breaks with it counted in.
    const spaces = '　'.repeat(Math.round(indent / style.size))
    const lines = this.lines(
      text
        .split('\n')
        .map((part) => spaces + part)
        .join('\n'),
      width,
      style
    )
    for (const [index, line] of lines.entries()) {
      // No single first line at the foot of a page.
      this.keep(index === 0 && lines.length > 1 ? style.leading * 2 : style.leading)
      this.drawLine(line, PAGE.left + inset, this.y, width, style, tag)
      this.y -= style.leading
    }
  }

  heading(text: string, level: 1 | 2 = 1, follow = 60): void {
    const style: TextStyle =
      level === 1
        ? { size: 14, leading: 24, weight: 'bold', colour: INK, justify: false }
        : { size: 11, leading: 19, weight: 'bold', colour: INK, justify: false }
    this.keep(style.leading + follow)
    if (level === 1) this.bookmarks.push({ title: text, page: this.pages.length - 1, y: this.y })
    this.drawLine(
      { text, width: 0, last: true },
      PAGE.left,
      this.y,
      CONTENT_WIDTH,
      style,
      newTag(level === 1 ? 'H2' : 'H3', this.root)
    )
    this.y -= style.leading + (level === 1 ? 4 : 2)
  }
}
