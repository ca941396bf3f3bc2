import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { getDocument, PasswordException, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { INTAKE_LIMITS, type IntakeLimits, type IntakeRefusal } from './limits.ts'
import { linesOf, type PageText } from './page_text.ts'
import { scanObjects } from './scan_objects.ts'

export type CheckedFile =
  { ok: true; sha256: string; size: number; pages: PageText[] } | { ok: false; refusal: IntakeRefusal }

const DATA = join(import.meta.dirname, '../../node_modules/pdfjs-dist')

/**
 * Reads all of an uploaded file twice: object by object for what must not be in it, then as a reader would,
 * page by page. `progress` is told pages done and pages in all. Runs where it may be killed: see `guard.ts`.
 */
export async function checkFile(
  path: string,
  progress: (done: number, of: number) => void = () => {},
  limits: IntakeLimits = INTAKE_LIMITS
): Promise<CheckedFile> {
  const { size } = await stat(path)
  if (size > limits.fileBytes) return refused({ code: 'too_large', size, most: limits.fileBytes })
  const bytes = new Uint8Array(await readFile(path))
  const refusal = scanObjects(bytes, limits)
  if (refusal) return refused(refusal)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const read = await readPages(bytes, progress, limits)
  return Array.isArray(read) ? { ok: true, sha256, size, pages: read } : refused(read)
}

function refused(refusal: IntakeRefusal): CheckedFile {
  return { ok: false, refusal }
}

async function readPages(
  bytes: Uint8Array,
  progress: (done: number, of: number) => void,
  limits: IntakeLimits
): Promise<PageText[] | IntakeRefusal> {
  const task = getDocument({
    data: bytes,
    cMapUrl: `${DATA}/cmaps/`,
    standardFontDataUrl: `${DATA}/standard_fonts/`,
    wasmUrl: `${DATA}/wasm/`,
    disableFontFace: true,
    enableXfa: false,
    verbosity: 0,
  })
  try {
    const document = await task.promise
    if (document.numPages === 0) return { code: 'no_pages' }
    if (document.numPages > limits.pages)
      return { code: 'too_many_pages', pages: document.numPages, most: limits.pages }
    return (await activeByReader(document)) ?? (await eachPage(document, progress))
  } catch (error) {
    if (error instanceof PasswordException) return { code: 'encrypted' }
    return { code: 'unreadable', page: null }
  } finally {
    await task.destroy()
  }
}

/** What the reader itself would run or offer, should an object have escaped the scan. */
async function activeByReader(document: PDFDocumentProxy): Promise<IntakeRefusal | null> {
  const found: string[] = []
  if (await document.hasJSActions()) found.push('JavaScript')
  if ((await document.getAttachments()) !== null) found.push('EmbeddedFile')
  const open = await document.getOpenAction()
  if (open && 'action' in open) found.push('OpenAction')
  return found.length > 0 ? { code: 'active_content', found } : null
}

async function eachPage(
  document: PDFDocumentProxy,
  progress: (done: number, of: number) => void
): Promise<PageText[] | IntakeRefusal> {
  const pages: PageText[] = []
  for (let number = 1; number <= document.numPages; number++) {
    try {
      const page = await document.getPage(number)
      const { width, height } = page.getViewport({ scale: 1 })
      const content = await page.getTextContent()
      const pieces = content.items.flatMap((item) =>
        'str' in item ? [{ str: item.str, hasEOL: item.hasEOL }] : []
      )
      pages.push({
        width: Math.round(width * 100) / 100,
        height: Math.round(height * 100) / 100,
        lines: linesOf(pieces),
      })
      page.cleanup()
    } catch {
      // The reader names no cause that would help the person: the page's number does.
      return { code: 'unreadable', page: number }
    }
    progress(number, document.numPages)
  }
  return pages
}
