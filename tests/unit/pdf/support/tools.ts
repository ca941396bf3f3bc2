import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Programs that nobody here wrote: poppler, qpdf, mupdf, openssl. */
export function scratch(files: Record<string, string | Uint8Array>): (name: string) => string {
  const directory = mkdtempSync(join(tmpdir(), 'lz-pdf-'))
  const path = (name: string) => join(directory, name)
  for (const [name, content] of Object.entries(files)) writeFileSync(path(name), content)
  return path
}

export function run(program: string, ...parameters: string[]): string {
  return execFileSync(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64e6 }).toString()
}

/** Exit status and everything written, for programs that say no by it. */
export function attempt(program: string, ...parameters: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(program, parameters, { maxBuffer: 64e6 })
  return { status, output: `${stdout}${stderr}` }
}

export type Raster = { width: number; height: number; pixels: Uint8Array }

/** Every page in grey at 72 dots an inch times `scale`, rendered by poppler. */
export function render(pdf: Uint8Array, scale: number): Raster[] {
  const path = scratch({ 'r.pdf': pdf })
  run('pdftoppm', '-gray', '-r', String(72 * scale), path('r.pdf'), path('page'))
  const names = readdirSync(path('.'))
    .filter((name) => name.endsWith('.pgm'))
    .sort()
  return names.map((name) => readGrey(readFileSync(path(name))))
}

function readGrey(bytes: Buffer): Raster {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'))!
  return { width: Number(head[1]), height: Number(head[2]), pixels: bytes.subarray(head[0].length) }
}

export type PlacedCharacter = {
  page: number
  character: string
  left: number
  top: number
  right: number
  bottom: number
}

/** Where MuPDF places each character, in points from the upper left corner. */
export function characters(pdf: Uint8Array): PlacedCharacter[] {
  const path = scratch({ 'c.pdf': pdf })
  const pages = run('mutool', 'draw', '-q', '-F', 'stext', path('c.pdf')).split('<page ').slice(1)
  return pages.flatMap((source, page) =>
    [...source.matchAll(/<char quad="([^"]+)"[^>]* c="([^"]+)"/g)].map(([, quad, character]) => {
      const numbers = quad!.split(' ').map(Number)
      const [xs, ys] = [
        numbers.filter((_, index) => index % 2 === 0),
        numbers.filter((_, index) => index % 2 === 1),
      ]
      return {
        page,
        character: unescape(character!),
        left: Math.min(...xs),
        right: Math.max(...xs),
        top: Math.min(...ys),
        bottom: Math.max(...ys),
      }
    })
  )
}

function unescape(text: string): string {
  return text
    .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace('&lt;', '<')
    .replace('&gt;', '>')
    .replace('&quot;', '"')
    .replace('&apos;', "'")
    .replace('&amp;', '&')
}

/** What was printed there, bit by bit, for comparing shapes of the same size. */
export function inkOf(raster: Raster, box: PlacedCharacter, scale: number): string {
  const rows: string[] = []
  for (let y = Math.floor(box.top * scale); y < Math.ceil(box.bottom * scale); y++) {
    const from = y * raster.width
    const row = raster.pixels.subarray(
      from + Math.floor(box.left * scale),
      from + Math.ceil(box.right * scale)
    )
    rows.push([...row].map((grey) => (grey < 128 ? '#' : '.')).join(''))
  }
  return rows.join('\n')
}

/** Whether anything at all was printed there. */
export function hasInk(raster: Raster, box: PlacedCharacter, scale: number): boolean {
  for (let y = Math.floor(box.top * scale); y < Math.ceil(box.bottom * scale); y++) {
    for (let x = Math.floor(box.left * scale); x < Math.ceil(box.right * scale); x++) {
      if ((raster.pixels[y * raster.width + x] ?? 255) < 200) return true
    }
  }
  return false
}
