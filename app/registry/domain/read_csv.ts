import { fail, ok, type Result } from '#lib/result'

/** RFC 4180: quoted cells may hold commas, line breaks and doubled quotes. Rows of nothing but empty cells stay. */
export function readCsv(text: string): Result<string[][], { code: 'E_CSV_QUOTE'; line: number }> {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (char === '\n') line++
    if (quoted) {
      if (char !== '"') cell += char
      else if (text[i + 1] === '"') cell += text[++i]
      else quoted = false
    } else if (char === '"') {
      if (cell !== '') return fail({ code: 'E_CSV_QUOTE', line })
      quoted = true
    } else if (char === ',') {
      row.push(cell)
      cell = ''
    } else if (char === '\n') {
      rows.push([...row, cell.replace(/\r$/, '')])
      row = []
      cell = ''
    } else cell += char
  }
  if (quoted) return fail({ code: 'E_CSV_QUOTE', line })
  if (cell !== '' || row.length > 0) rows.push([...row, cell])
  return ok(rows)
}
