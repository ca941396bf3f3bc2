import { readFileSync } from 'node:fs'
import fontkit from '@cantoo/fontkit'
import { PDFDocument, rgb, type PDFFont, type PDFPage } from 'pdf-lib'

const font = (weight: string, file: string) =>
  new URL(`../../../node_modules/@expo-google-fonts/noto-sans-sc/${weight}/${file}.ttf`, import.meta.url)

/** A4 in points. */
export const PAPER = { width: 595.28, height: 841.89 }
const MARGIN = { left: 71, right: 65, top: 92, bottom: 78 }
export const INK = rgb(0.1, 0.11, 0.13)
export const GREY = rgb(0.42, 0.44, 0.47)
export const LINE = rgb(0.62, 0.64, 0.67)

/** Pages of a printed plan: running head, page number, text that breaks between characters. */
export class Sheets {
  #page!: PDFPage
  #y = 0
  count = 0

  private constructor(
    readonly pdf: PDFDocument,
    readonly regular: PDFFont,
    readonly bold: PDFFont,
    readonly head: string
  ) {}

  static async create(head: string): Promise<Sheets> {
    const pdf = await PDFDocument.create()
    pdf.registerFontkit(fontkit as never)
    const regular = await pdf.embedFont(readFileSync(font('400Regular', 'NotoSansSC_400Regular')), {
      subset: true,
    })
    const bold = await pdf.embedFont(readFileSync(font('700Bold', 'NotoSansSC_700Bold')), { subset: true })
    return new Sheets(pdf, regular, bold, head)
  }

  get page(): PDFPage {
    return this.#page
  }

  /** A new page; `running` false for the cover. */
  next(running = true): PDFPage {
    this.#page = this.pdf.addPage([PAPER.width, PAPER.height])
    this.count += 1
    this.#y = PAPER.height - MARGIN.top
    if (!running) return this.#page
    this.#page.drawText(this.head, {
      x: MARGIN.left,
      y: PAPER.height - 56,
      size: 9,
      font: this.regular,
      color: GREY,
    })
    this.#page.drawLine({
      start: { x: MARGIN.left, y: PAPER.height - 64 },
      end: { x: PAPER.width - MARGIN.right, y: PAPER.height - 64 },
      thickness: 0.6,
      color: LINE,
    })
    const number = `第 ${this.count} 页`
    const width = this.regular.widthOfTextAtSize(number, 9)
    this.#page.drawText(number, {
      x: (PAPER.width - width) / 2,
      y: 44,
      size: 9,
      font: this.regular,
      color: GREY,
    })
    return this.#page
  }

  get room(): number {
    return this.#y - MARGIN.bottom
  }

  heading(text: string, level: 1 | 2 | 3): void {
    const size = { 1: 18, 2: 13, 3: 11 }[level]
    this.#y -= level === 1 ? 6 : 4
    this.#page.drawText(text, { x: MARGIN.left, y: this.#y - size, size, font: this.bold, color: INK })
    this.#y -= size + (level === 1 ? 18 : 11)
  }

  paragraph(text: string): void {
    const width = PAPER.width - MARGIN.left - MARGIN.right
    for (const line of breakLines(`　　${text}`, this.regular, 10.5, width)) {
      this.#page.drawText(line, {
        x: MARGIN.left,
        y: this.#y - 10.5,
        size: 10.5,
        font: this.regular,
        color: INK,
      })
      this.#y -= 18
    }
    this.#y -= 3
  }

  /** Ruled table; widths in points. */
  table(rows: string[][], widths: number[]): void {
    const height = 21
    for (const [index, row] of rows.entries()) {
      let x = MARGIN.left
      for (const [column, text] of row.entries()) {
        const width = widths[column]!
        const box = { x, y: this.#y - height, width, height, borderColor: LINE, borderWidth: 0.6 }
        this.#page.drawRectangle(index === 0 ? { ...box, color: rgb(0.94, 0.95, 0.96) } : box)
        const face = index === 0 ? this.bold : this.regular
        this.#page.drawText(text, { x: x + 5, y: this.#y - 14.5, size: 9.2, font: face, color: INK })
        x += width
      }
      this.#y -= height
    }
    this.#y -= 12
  }

  text(text: string, x: number, y: number, size = 9, bold = false): void {
    this.#page.drawText(text, { x, y, size, font: bold ? this.bold : this.regular, color: INK })
  }

  centred(text: string, y: number, size: number, bold = false): void {
    const width = (bold ? this.bold : this.regular).widthOfTextAtSize(text, size)
    this.text(text, (PAPER.width - width) / 2, y, size, bold)
  }

  async bytes(): Promise<Uint8Array> {
    this.pdf.setTitle(this.head)
    return this.pdf.save()
  }
}

function breakLines(text: string, face: PDFFont, size: number, width: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const character of text) {
    const advance = face.widthOfTextAtSize(character, size)
    // A full stop or comma may hang over the edge rather than begin a line.
    if (used + advance > width && !'，。；、）'.includes(character)) {
      lines.push(line)
      line = ''
      used = 0
    }
    line += character
    used += advance
  }
  return line ? [...lines, line] : lines
}
