import { test } from '@japa/runner'
import { PDF } from '@libpdf/core'
import { equalBytes, type Bytes } from '../../../lib/pki/bytes.ts'
import { CosFile } from '../../../lib/pdf/cos/file.ts'
import { reportPdf } from '../../../lib/pdf/report_pdf.ts'
import type { ReportDocument } from '../../../lib/pdf/report_document.ts'
import { signatureFields } from '../../../lib/pdf/sign/fields.ts'
import { sampleReport } from './support/sample_report.ts'
import { must } from './support/signed_report.ts'
import { characters, hasInk, inkOf, render, run, scratch } from './support/tools.ts'

let pdf: Bytes

const failing: ReportDocument['conclusion'] = {
  verdict: 'fail',
  text: '专家组意见：本方案不通过。',
  reason: '独立架体高宽比 3.6，无稳定构造（严重缺陷 三.5）。',
  dissents: [{ name: '覃思远', opinion: '应修改后通过。', reason: '补充连墙构造后可以满足。' }],
}

test.group('the report as PDF', (group) => {
  group.setup(async () => {
    pdf = must(await reportPdf(sampleReport()))
  })

  test('REP-1: the form has all its fields, in the order that practice knows', async ({ assert }) => {
    const path = scratch({ 'r.pdf': pdf })
    const text = run('pdftotext', '-layout', path('r.pdf'), '-').replace(/\s+/g, '')
    const order = [
      '专项施工方案专家论证报告',
      '工程名称',
      '工程地点',
      '施工许可证号',
      '建设单位',
      '勘察单位',
      '设计单位',
      '施工总承包单位',
      '专业分包单位',
      '监理单位',
      '监测单位',
      '组织单位',
      '论证机构',
      '方案名称',
      '版本',
      '类别',
      '主要参数',
      '施工单位审核日期',
      '论证时间',
      '论证地点',
      '踏勘情况',
      '工程概况',
      '专家一览表',
      '证书号',
      '内容是否完整、可行',
      '计算书和验算依据',
      '是否满足现场实际情况',
      '严重缺陷核查',
      '应修改完善的意见',
      '建议',
      '论证结论',
      '不同意见及理由',
      '专家组签名',
      '盖章',
      '附件一',
      '附件二',
      '附件三',
      '附件四',
      '附件五',
      '附件六',
      '附件七',
    ]
    // After the cover, which repeats some of them.
    let at = text.indexOf('一、基本情况')
    for (const label of order.slice(1)) {
      const next = text.indexOf(label, at)
      assert.isAtLeast(next, at, label)
      at = next
    }
    for (const value of ['LZ-2026-0117', '450108202603010101', '☑', '古丽娜尔·阿不都热合曼', '7Q4M-K2TX'])
      assert.include(text, value)
  })

  test('digests stand on the verification page and nowhere else', async ({ assert }) => {
    const path = scratch({ 'r.pdf': pdf })
    const pages = run('pdftotext', '-layout', path('r.pdf'), '-').split('\f').filter(Boolean)
    const withDigest = pages.flatMap((page, index) => (/[0-9a-f]{20}/.test(page) ? [index] : []))
    assert.deepEqual(withDigest, [pages.length - 1])
  })

  test('the ledger’s receipt stands on the verification page; older texts have none', async ({ assert }) => {
    const report = sampleReport()
    const { receipt, ...annexes } = report.annexes
    const last = run('pdftotext', '-layout', scratch({ 'r.pdf': pdf })('r.pdf'), '-')
      .split('\f')
      .filter(Boolean)
      .at(-1)!
    assert.include(last.replace(/\s+/g, ''), '存证回执')
    assert.include(last.replace(/\s+/g, ''), receipt!.token)
    const older = must(await reportPdf(sampleReport({ annexes })))
    const text = run('pdftotext', '-layout', scratch({ 'o.pdf': older })('o.pdf'), '-')
    assert.notInclude(text.replace(/\s+/g, ''), '存证回执')
  })

  test('the same data give the same bytes', async ({ assert }) => {
    assert.isTrue(equalBytes(pdf, must(await reportPdf(sampleReport()))))
    assert.isFalse(equalBytes(pdf, must(await reportPdf(sampleReport({ number: 'LZ-2026-0118' })))))
  })

  test('qpdf, poppler and a second library find nothing wrong; every font is embedded and subset', async ({
    assert,
  }) => {
    const path = scratch({ 'r.pdf': pdf })
    assert.include(run('qpdf', '--check', path('r.pdf')), 'No syntax or stream encoding errors found')
    const fonts = run('pdffonts', path('r.pdf')).split('\n').slice(2).filter(Boolean)
    assert.lengthOf(fonts, 3)
    for (const font of fonts) assert.match(font, /^[A-Z]{6}\+.* Identity-H +yes yes yes/)
    const info = run('pdfinfo', path('r.pdf'))
    assert.match(info, /Tagged: +yes/)
    assert.match(Buffer.from(pdf).toString('latin1'), /<pdfaid:part>2<.*\n?.*<pdfaid:conformance>U</)
    const other = await PDF.load(pdf)
    assert.equal(other.getPageCount(), Number(/Pages: +(\d+)/.exec(info)![1]))
    // One contiguous section, so that every later revision is an increment on it.
    assert.lengthOf(new CosFile(pdf).sections, 1)
  })

  test('every character that a reader can extract is also printed', async ({ assert }) => {
    const scale = 1.5
    const pages = render(pdf, scale)
    // MuPDF writes SIGN into signature fields that nobody has signed; that is not in the file.
    const all = characters(pdf).filter(
      ({ character, page }) => character.trim() !== '' && !(page === 4 && 'SIGN'.includes(character))
    )
    assert.isAbove(all.length, 3000)
    const blank = all.filter((box) => !hasInk(pages[box.page]!, box, scale)).map(({ character }) => character)
    assert.deepEqual(blank, [])
    // The check itself: a place between the pages' margins is blank.
    assert.isFalse(
      hasInk(pages[0]!, { page: 0, character: '', left: 5, right: 15, top: 5, bottom: 15 }, scale)
    )
  })

  test('the fields are laid out beforehand: people, seal, two for the archive, empty appearances', async ({
    assert,
  }) => {
    const file = new CosFile(pdf)
    const fields = signatureFields(file)
    assert.deepEqual(
      fields.map(({ name }) => name),
      ['sig_01', 'sig_02', 'sig_03', 'sig_04', 'sig_05', 'seal', 'archive_01', 'archive_02']
    )
    assert.deepEqual(fields[4]!.expected, { name: '古丽娜尔·阿不都热合曼', rosterNumber: 'JK-2026-0005' })
    for (const { appearance, dict } of fields) {
      const stream = file.object(appearance)
      assert.isTrue(stream?.kind === 'stream' && stream.data.length === 0)
      assert.isFalse(dict.entries.has('V'))
    }
  })

  test('a character that no font here has is named, and nothing is printed in its place', async ({
    assert,
  }) => {
    const experts = sampleReport().experts.map((expert, index) =>
      index === 1 ? { ...expert, name: '𠮷田😀𫜴' } : expert
    )
    assert.deepEqual(await reportPdf(sampleReport({ experts })), {
      ok: false,
      error: { code: 'characters_not_printable', characters: ['😀', '𫜴'] },
    })
    const rightToLeft = await reportPdf(sampleReport({ overview: '深\u202e基坑' }))
    assert.deepEqual(!rightToLeft.ok && rightToLeft.error, {
      code: 'characters_not_printable',
      characters: ['\u202e'],
    })
  })

  test('a character that only the second font has is set in that one', async ({ assert }) => {
    const experts = sampleReport().experts.map((expert, index) =>
      index === 1 ? { ...expert, name: '覃鿰' } : expert
    )
    const path = scratch({ 'r.pdf': must(await reportPdf(sampleReport({ experts }))) })
    assert.include(run('pdffonts', path('r.pdf')), 'NotoSerifSC')
    assert.include(run('pdftotext', path('r.pdf'), '-'), '覃鿰')
  })

  test('rare ideographs of plane 2 in a name are in the page: as text, and as ink that is no empty box', async ({
    assert,
  }) => {
    const rare = ['𠮷', '𠮟', '𡈽', '𣘺']
    const experts = sampleReport().experts.map((expert, index) =>
      index === 1 ? { ...expert, name: `${rare.join('')}田` } : expert
    )
    const pdf = must(await reportPdf(sampleReport({ experts })))
    const path = scratch({ 'r.pdf': pdf })
    assert.include(run('pdffonts', path('r.pdf')), 'NotoSansJP')
    assert.include(run('pdftotext', path('r.pdf'), '-').replace(/\s+/g, ''), `${rare.join('')}田`)
    const pages = render(pdf, 4)
    const drawn = characters(pdf).filter(({ character }) => rare.includes(character))
    assert.isAtLeast(drawn.length, rare.length)
    assert.isTrue(drawn.every((box) => hasInk(pages[box.page]!, box, 4)))
    // Each its own shape: the box of a missing glyph would look the same for all.
    const shapes = rare.map((character) => {
      const box = drawn.find((one) => one.character === character)!
      return inkOf(pages[box.page]!, box, 4)
    })
    assert.equal(new Set(shapes).size, rare.length)
  })

  test('an overview over 300 characters is an error, not a cut text', async ({ assert }) => {
    assert.deepEqual(await reportPdf(sampleReport({ overview: '坑'.repeat(301) })), {
      ok: false,
      error: { code: 'overview_too_long', limit: 300, length: 301 },
    })
    assert.isTrue((await reportPdf(sampleReport({ overview: '坑'.repeat(300) }))).ok)
  })

  test('nothing leaves the page: long names, long opinions, nine experts, a report of forty pages', async ({
    assert,
  }) => {
    const sample = sampleReport()
    const long =
      '广西壮族自治区南宁市五象新区总部基地建设投资开发集团有限责任公司第三工程建设项目管理分公司深基坑支护专业施工部南宁经理部项目部'
    const experts = Array.from({ length: 9 }, (_, index) => ({
      ...sample.experts[index % 5]!,
      employer: long,
      name: index === 8 ? '阿卜杜热合曼·买买提依明江·吐尔逊' : sample.experts[index % 5]!.name,
      role: index === 0 ? ('leader' as const) : ('expert' as const),
    }))
    const rows = Array.from({ length: 60 }, (_, index) => ({
      ...sample.mustFix[index % 5]!,
      opinion: sample.mustFix[index % 5]!.opinion.repeat(1 + (index % 7) * 2),
    }))
    const big = must(
      await reportPdf({
        ...sample,
        experts,
        organiser: long,
        conclusion: failing,
        severeDefects: ['三.5'],
        mustFix: rows,
        annexes: {
          ...sample.annexes,
          opinions: experts.map(({ name }) => ({ expert: name, rows: rows.slice(0, 20) })),
        },
      })
    )
    assert.isAbove(Number(/Pages: +(\d+)/.exec(run('pdfinfo', scratch({ 'b.pdf': big })('b.pdf')))![1]), 40)
    const placed = characters(big).filter(({ character }) => character.trim() !== '')
    assert.deepEqual(
      placed.filter(({ left, right, top, bottom }) => left < 55 || right > 540 || top < 40 || bottom > 790),
      []
    )
    assert.include(
      run('pdftotext', scratch({ 'b.pdf': big })('b.pdf'), '-').replace(/\s+/g, ''),
      '不通过的理由'
    )
  }).timeout(20_000)
})
