import { strFromU8, unzipSync } from 'fflate'
import readXlsx from 'read-excel-file/node'
import { fail, ok, type Result } from '#lib/result'
import { readCsv } from '#registry/domain/read_csv'

export type SheetError =
  | { code: 'E_SHEET_TOO_LARGE'; limit: number }
  | { code: 'E_SHEET_UNREADABLE'; why: string }
  | { code: 'E_SHEET_FORMULA'; cells: string[] }
  | { code: 'E_CSV_QUOTE'; line: number }

const MAX_BYTES = 10 * 1024 * 1024
const MAX_UNPACKED = 100 * 1024 * 1024
const FORMULA_CELL = /<(?:\w+:)?c\b[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f[\s>/]/g

/**
 * The first sheet of a workbook (.xlsx), or a CSV in UTF-8 or GB 18030, as text cells. A formula is refused by
 * its cell: what it shows depends on who opens the file. Days come out as YYYY-MM-DD.
 */
export async function readSheet(bytes: Uint8Array): Promise<Result<string[][], SheetError>> {
  if (bytes.length > MAX_BYTES) return fail({ code: 'E_SHEET_TOO_LARGE', limit: MAX_BYTES })
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  return isZip ? readWorkbook(bytes) : readCsv(decode(bytes))
}

async function readWorkbook(bytes: Uint8Array): Promise<Result<string[][], SheetError>> {
  let files: Record<string, Uint8Array>
  let unpacked = 0
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        unpacked += originalSize
        return unpacked <= MAX_UNPACKED && name.startsWith('xl/worksheets/')
      },
    })
  } catch (error) {
    return fail({ code: 'E_SHEET_UNREADABLE', why: String(error) })
  }
  if (unpacked > MAX_UNPACKED) return fail({ code: 'E_SHEET_TOO_LARGE', limit: MAX_UNPACKED })
  const formulas = Object.values(files).flatMap((xml) =>
    [...strFromU8(xml).matchAll(FORMULA_CELL)].map(([, cell]) => cell!)
  )
  if (formulas.length > 0) return fail({ code: 'E_SHEET_FORMULA', cells: formulas.slice(0, 20) })
  try {
    const [sheet] = await readXlsx(Buffer.from(bytes))
    return ok((sheet?.data ?? []).map((row) => row.map(cellText)))
  } catch (error) {
    return fail({ code: 'E_SHEET_UNREADABLE', why: String(error) })
  }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return String(value)
}

/** Chinese spreadsheets still save CSV in GB 18030. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return new TextDecoder('gb18030').decode(bytes)
  }
}
