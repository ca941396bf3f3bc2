import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fontkit from '@cantoo/fontkit'
import { PDFDocument, PDFName, PDFString } from 'pdf-lib'
import { sentences } from '#tests/support/plan_text'

const FONT = new URL(
  '../../node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  import.meta.url
)
const CHAPTERS = [
  '工程概况',
  '编制依据',
  '施工计划',
  '施工工艺技术',
  '施工安全保证措施',
  '施工管理及作业人员配备和分工',
  '验收要求',
  '应急处置措施',
  '计算书及相关施工图纸',
]

export interface PlanPdfOptions {
  readonly title?: string
  /** What the plan says about ground water: a second version differs by it, on one page. */
  readonly groundwater?: string
  /** Text of a page put in after chapter 8. */
  readonly insertedPage?: string
  /** Incompressible bytes in the file, in MB, to make it large. */
  readonly ballastMb?: number
  readonly pagesPerChapter?: number
  /** A work of its own, whose plan says other things than the others'. */
  readonly about?: string
}

/** A plan of nine chapters with real Chinese text, running page numbers and A4 pages. */
export async function planPdf(options: PlanPdfOptions = {}): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  pdf.registerFontkit(fontkit as never)
  const font = await pdf.embedFont(readFileSync(FONT), { subset: true })
  let number = 0
  const add = (lines: string[]) => {
    const page = pdf.addPage([595.28, 841.89])
    number += 1
    for (const [index, line] of lines.entries())
      page.drawText(line, { x: 60, y: 770 - index * 26, size: index === 0 ? 20 : 12, font })
    page.drawText(`第 ${number} 页`, { x: 270, y: 40, size: 10, font })
  }
  add([options.title ?? '五象湖 A-07 地块深基坑工程专项施工方案', '岭秀建工集团有限公司'])
  for (const [index, chapter] of CHAPTERS.entries()) {
    for (let part = 1; part <= (options.pagesPerChapter ?? 2); part++) {
      const lines = [`${index + 1}. ${chapter}（${part}）`]
      const own = options.about && sentences(`${options.about}/${index}/${part}`, 16)
      for (let line = 1; line <= 16; line++)
        lines.push(
          own ? own[line - 1]! : `${index + 1}.${part}.${line} 基坑开挖深度 13.8 m，排桩加两道混凝土内支撑`
        )
      if (index === 3 && part === 1) lines[5] = `4.1.5 ${options.groundwater ?? '地下水位降至坑底以下 0.5 m'}`
      add(lines)
    }
    if (index === 7 && options.insertedPage) add([options.insertedPage])
  }
  for (let mb = 0; mb < (options.ballastMb ?? 0); mb++)
    pdf.context.register(pdf.context.stream(randomBytes(1_000_000), {}))
  return pdf.save()
}

/** Files that must not come in, by what is wrong with them; each a working PDF otherwise. */
export async function hostilePdf(
  kind: 'javascript' | 'javascript_in_the_open' | 'attachment' | 'open_action' | 'escaped_name'
): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  pdf.addPage()
  if (kind === 'javascript' || kind === 'javascript_in_the_open') pdf.addJavaScript('main', 'app.alert(1)')
  if (kind === 'attachment') await pdf.attach(new Uint8Array([77, 90]), 'tool.exe')
  if (kind === 'open_action')
    pdf.catalog.set(
      PDFName.of('OpenAction'),
      pdf.context.obj({ S: 'URI', URI: PDFString.of('http://example.org') })
    )
  if (kind !== 'escaped_name') return pdf.save({ useObjectStreams: kind !== 'javascript_in_the_open' })
  pdf.addJavaScript('main', 'app.alert(1)')
  const plain = Buffer.from(await pdf.save({ useObjectStreams: false })).toString('latin1')
  // The same length, so that the cross-reference table still fits: /S /JavaScript becomes escaped names.
  return new Uint8Array(
    Buffer.from(
      plain
        .replaceAll('/S /JavaScript', '/S /J#61#76#61S')
        .replaceAll('/JS (', '/#4aS(')
        .replaceAll('/JS <', '/#4aS<'),
      'latin1'
    )
  )
}
