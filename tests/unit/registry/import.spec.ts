import { test } from '@japa/runner'
import { strToU8, zipSync } from 'fflate'
import { loadRegulation } from '#core/regulation/load_regulation'
import { readSheet } from '#registry/actions/read_sheet'
import { COLUMNS, readExpertRows } from '#registry/domain/expert_rows'
import { readCsv } from '#registry/domain/read_csv'

const HEADINGS = Object.values(COLUMNS)
const GOOD = [
  'NN9001',
  '韦国栋',
  '19900009001',
  '1971',
  '甲',
  '正高级工程师',
  '总工',
  'C-1',
  '岩土/基坑、监测',
  '',
  '八桂岩土工程研究院',
  '2001-07-01',
  '',
  '',
]
const TODAY = '2026-03-01'

async function rules() {
  const loaded = await loadRegulation('nanning')
  if (!loaded.ok) throw new Error(loaded.error.code)
  return loaded.value
}

/** A workbook as small as one can be: cells are inline text, or a formula with its last result. */
function workbook(rows: (string | { formula: string; shows: string })[][]): Uint8Array {
  const column = (at: number) => String.fromCharCode(65 + at)
  const cells = rows.map((row, y) => {
    const xml = row.map((cell, x) => {
      const r = `${column(x)}${y + 1}`
      if (typeof cell !== 'string')
        return `<c r="${r}" t="str"><f>${cell.formula}</f><v>${cell.shows}</v></c>`
      return `<c r="${r}" t="inlineStr"><is><t>${cell}</t></is></c>`
    })
    return `<row r="${y + 1}">${xml.join('')}</row>`
  })
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return zipSync({
    '[Content_Types].xml': strToU8(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    ),
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relations}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
    ),
    'xl/worksheets/sheet1.xml': strToU8(
      `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${cells.join('')}</sheetData></worksheet>`
    ),
  })
}

test.group('Import of experts', () => {
  test('REG-3: words of the vocabulary become codes, the main specialty first', async ({ assert }) => {
    const { experts, faults } = readExpertRows([HEADINGS, GOOD], await rules(), TODAY)
    assert.deepEqual(faults, [])
    assert.deepEqual(experts[0]!.specialties, ['geotechnical', 'monitoring'])
    assert.equal(experts[0]!.grade, 'A')
    assert.equal(experts[0]!.termUntil, '2029-02-28')
  })

  test('REG-1: each bad cell is named by line and column, a formula among them', async ({ assert }) => {
    const bad = [...GOOD]
    bad[2] = '1380000'
    bad[5] = '院士'
    bad[6] = '=HYPERLINK("http://x")'
    const { experts, faults } = readExpertRows([HEADINGS, GOOD, bad, GOOD], await rules(), TODAY)
    assert.lengthOf(experts, 1)
    assert.deepEqual(
      faults.map(({ line, column, code }) => `${line} ${column} ${code}`),
      [
        '3 手机号 malformed',
        '3 职称 not_in_vocabulary',
        '3 职务 formula',
        '3 名册编号 twice_in_file',
        '3 证书号 twice_in_file',
        '4 名册编号 twice_in_file',
        '4 手机号 twice_in_file',
        '4 证书号 twice_in_file',
      ]
    )
    const { faults: headless } = readExpertRows([['姓名', '工资']], await rules(), TODAY)
    assert.includeMembers(
      headless.map(({ code }) => code),
      ['column_unknown', 'column_missing']
    )
  })

  test('a workbook is read as text; a formula in it is refused by its cell', async ({ assert }) => {
    const plain = await readSheet(workbook([HEADINGS, GOOD]))
    assert.isTrue(plain.ok)
    assert.deepEqual(plain.ok && plain.value[1]!.slice(0, 3), GOOD.slice(0, 3))
    const sly = await readSheet(workbook([HEADINGS, ['NN9002', { formula: 'A1', shows: '韦国栋' }]]))
    assert.deepEqual(sly, { ok: false, error: { code: 'E_SHEET_FORMULA', cells: ['B2'] } })
    const broken = await readSheet(new Uint8Array([0x50, 0x4b, 1, 2, 3]))
    assert.equal(!broken.ok && broken.error.code, 'E_SHEET_UNREADABLE')
  })

  test('CSV: quotes, line breaks in cells, GB 18030', async ({ assert }) => {
    assert.deepEqual(readCsv('a,"b ""x"", c"\r\n"d\ne",f\n'), {
      ok: true,
      value: [
        ['a', 'b "x", c'],
        ['d\ne', 'f'],
      ],
    })
    assert.deepEqual(readCsv('a,"b'), { ok: false, error: { code: 'E_CSV_QUOTE', line: 1 } })
    const sheet = await readSheet(new Uint8Array([0xd0, 0xd5, 0xc3, 0xfb]))
    assert.deepEqual(sheet, { ok: true, value: [['姓名']] })
  })
})
