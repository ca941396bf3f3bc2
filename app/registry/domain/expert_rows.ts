import { addDays, addYears } from '#core/regulation/calendar'
import type { Regulation } from '#core/regulation/types'
import type { NewExpert } from '#registry/models/expert'

/** Columns of the import, by their Chinese heading and by code. An asterisk marks those that must be there. */
export const COLUMNS = {
  roster_no: '名册编号*',
  name: '姓名*',
  mobile: '手机号*',
  birth_year: '出生年',
  grade: '等级*',
  title: '职称*',
  position: '职务*',
  certificate_no: '证书号*',
  specialties: '专业*',
  methods: '方法标签',
  employer: '工作单位*',
  employed_from: '入职日期*',
  term_from: '聘期起',
  term_until: '聘期止',
  home_city: '所属城市',
} as const
export type ColumnName = keyof typeof COLUMNS

export type RowFault = { line: number; column: string; code: FaultCode; value: string }
export type FaultCode =
  | 'column_missing'
  | 'column_unknown'
  | 'column_twice'
  | 'formula'
  | 'empty'
  | 'malformed'
  | 'not_in_vocabulary'
  | 'twice_in_file'
  | 'term_out_of_order'
  | 'taken'

const FORMS: Partial<Record<ColumnName, RegExp>> = {
  roster_no: /^[A-Z]{1,4}\d{3,8}$/,
  mobile: /^1\d{10}$/,
  birth_year: /^(19|20)\d\d$/,
  employed_from: /^\d{4}-\d\d-\d\d$/,
  term_from: /^\d{4}-\d\d-\d\d$/,
  term_until: /^\d{4}-\d\d-\d\d$/,
}
/** What a spreadsheet would take for a formula when the list is opened again. */
const FORMULA = /^[=+\-@\t\r]/

type Cells = Record<ColumnName, string>

/**
 * Rules REG-1, REG-3. Reads a sheet of experts: the first row names the columns, each further one is an
 * expert; several specialties or methods are divided by "、" or ";", the main one first. Every fault is
 * named with its line (from 1, the headings) and column; with any, nothing is to be taken over. `lines`
 * tells for each expert where they stand.
 */
export function readExpertRows(
  rows: readonly (readonly string[])[],
  regulation: Regulation,
  today: string
): { experts: NewExpert[]; lines: number[]; faults: RowFault[] } {
  const [headings = [], ...body] = rows
  const { columns, faults } = readHeadings(headings)
  if (faults.length > 0) return { experts: [], lines: [], faults }
  const seen = new Map<string, number>()
  const experts: NewExpert[] = []
  const lines: number[] = []
  body.forEach((cells, i) => {
    if (cells.every((cell) => cell.trim() === '')) return
    const line = i + 2
    const row = Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, ''])) as Cells
    columns.forEach((name, at) => (row[name] = (cells[at] ?? '').trim().normalize('NFC')))
    const found = [...cellFaults(row, line, regulation), ...doubles(row, line, seen)]
    faults.push(...found)
    if (found.length > 0) return
    experts.push(toExpert(row, regulation, today))
    lines.push(line)
  })
  if (experts.length === 0 && faults.length === 0)
    faults.push({ line: 2, column: COLUMNS.name, code: 'empty', value: '' })
  return { experts, lines, faults }
}

function readHeadings(headings: readonly string[]): { columns: Map<number, ColumnName>; faults: RowFault[] } {
  const faults: RowFault[] = []
  const columns = new Map<number, ColumnName>()
  headings.forEach((heading, at) => {
    const plain = heading.trim().replace(/\*$/, '')
    if (plain === '') return
    const name = (Object.keys(COLUMNS) as ColumnName[]).find(
      (one) => one === plain || COLUMNS[one].replace('*', '') === plain
    )
    if (!name) faults.push({ line: 1, column: plain, code: 'column_unknown', value: plain })
    else if ([...columns.values()].includes(name))
      faults.push({ line: 1, column: plain, code: 'column_twice', value: plain })
    else columns.set(at, name)
  })
  for (const [name, heading] of Object.entries(COLUMNS)) {
    if (heading.endsWith('*') && ![...columns.values()].includes(name as ColumnName)) {
      faults.push({ line: 1, column: heading, code: 'column_missing', value: '' })
    }
  }
  return { columns, faults }
}

function cellFaults(row: Cells, line: number, regulation: Regulation): RowFault[] {
  const faults: RowFault[] = []
  for (const [name, value] of Object.entries(row) as [ColumnName, string][]) {
    const fault = (code: FaultCode) =>
      faults.push({ line, column: COLUMNS[name].replace('*', ''), code, value })
    if (FORMULA.test(value)) fault('formula')
    else if (value === '' && COLUMNS[name].endsWith('*')) fault('empty')
    else if (value !== '' && FORMS[name] && !FORMS[name].test(value)) fault('malformed')
    else if (value !== '' && name.match(/_(from|until)$/) && !isDay(value)) fault('malformed')
    else if (value !== '' && !inVocabulary(name, value, regulation)) fault('not_in_vocabulary')
  }
  if (row.term_from && row.term_until && row.term_from > row.term_until) {
    faults.push({ line, column: '聘期止', code: 'term_out_of_order', value: row.term_until })
  }
  return faults
}

function doubles(row: Cells, line: number, seen: Map<string, number>): RowFault[] {
  return (['roster_no', 'mobile', 'certificate_no'] as const).flatMap((name): RowFault[] => {
    const key = `${name}/${row[name]}`
    const before = seen.has(key)
    seen.set(key, line)
    return before && row[name] !== ''
      ? [{ line, column: COLUMNS[name].replace('*', ''), code: 'twice_in_file', value: row[name] }]
      : []
  })
}

function isDay(value: string): boolean {
  return !Number.isNaN(Date.parse(value)) && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value)
}

type Word = { code: string; zh: string }

function vocabularyOf(name: ColumnName, regulation: Regulation): readonly Word[] | null {
  if (name === 'grade') return regulation.grades
  if (name === 'title') return regulation.titles
  if (name === 'specialties') return regulation.specialties
  if (name === 'home_city') return regulation.cities
  return name === 'methods' ? regulation.methods : null
}

const parts = (value: string) =>
  value
    .split(/[、;；]/)
    .map((one) => one.trim())
    .filter(Boolean)

function inVocabulary(name: ColumnName, value: string, regulation: Regulation): boolean {
  const list = vocabularyOf(name, regulation)
  return list === null || parts(value).every((one) => list.some(({ code, zh }) => code === one || zh === one))
}

function codes(name: ColumnName, value: string, regulation: Regulation): string[] {
  const list = vocabularyOf(name, regulation)!
  return parts(value).map((one) => list.find(({ code, zh }) => code === one || zh === one)!.code)
}

function toExpert(row: Cells, regulation: Regulation, today: string): NewExpert {
  const from = row.term_from || today
  const years = regulation.values['library.term_years'].value
  return {
    name: row.name,
    mobile: row.mobile,
    rosterNo: row.roster_no,
    status: 'listed',
    grade: codes('grade', row.grade, regulation)[0]!,
    title: codes('title', row.title, regulation)[0]!,
    position: row.position,
    certificateNo: row.certificate_no,
    specialties: codes('specialties', row.specialties, regulation),
    methodTags: row.methods ? codes('methods', row.methods, regulation) : [],
    categories: [],
    termFrom: from,
    termUntil: row.term_until || addDays(addYears(from, years), -1),
    monthlyCap: regulation.values['draw.reviews_per_month'].value,
    birthYear: row.birth_year ? Number(row.birth_year) : null,
    // Those of the regulation's own city name none.
    homeCity: row.home_city ? codes('home_city', row.home_city, regulation)[0]! : null,
    employments: [{ employer: row.employer, from: row.employed_from, until: null }],
  }
}
