import { BODY, CONTENT_WIDTH, PAGE, SMALL, type Flow } from '../layout/flow.ts'
import { INK, newTag } from '../layout/ops.ts'
import { table } from '../layout/table.ts'
import type { ReportDocument, ReportItem } from '../report_document.ts'

/** 五、论证意见 by the three questions of 建办质〔2018〕31号, and the check against the list of severe defects. */
export function opinions(flow: Flow, report: ReportDocument): void {
  flow.heading('五、论证意见')
  answer(flow, '（一）专项施工方案内容是否完整、可行', report.answers.complete)
  answer(flow, '（二）计算书和验算依据、施工图是否符合有关标准规范', report.answers.calculation)
  answer(flow, '（三）是否满足现场实际情况，并能够确保施工安全', report.answers.site)
  const defects = report.severeDefects.length === 0 ? '无。' : `有（${report.severeDefects.join('、')}）。`
  answer(flow, '（四）严重缺陷核查', defects)
  flow.gap(4)
}

function answer(flow: Flow, question: string, text: string): void {
  flow.heading(question, 2, BODY.leading)
  flow.paragraph(text, BODY, { indent: 21 })
  flow.gap(6)
}

/** 六、专家组意见: 应修改完善的意见 as a table, 建议 as a list. */
export function panelOpinion(flow: Flow, report: ReportDocument): void {
  flow.heading('六、专家组意见', 1, 130)
  flow.heading('（一）应修改完善的意见', 2, 100)
  if (report.mustFix.length === 0) flow.paragraph('无。', BODY, { indent: 21 })
  else {
    table(flow, {
      columns: [34, 80, 232, 126],
      head: ['序号', '部位、页码', '意见', '依据'],
      rows: report.mustFix.map((item, index) => [
        { text: String(index + 1), align: 'centre' },
        { text: item.place },
        { text: item.sources ? `${item.opinion}\n（意见 ${item.sources}）` : item.opinion },
        { text: item.basis, style: { size: 8.5, leading: 13 } },
      ]),
    })
  }
  flow.gap(2)
  flow.heading('（二）建议', 2, 40)
  if (report.advice.length === 0) flow.paragraph('无。', BODY, { indent: 21 })
  for (const [index, item] of report.advice.entries()) advice(flow, index + 1, item)
  flow.gap(12)
}

function advice(flow: Flow, number: number, item: ReportItem): void {
  flow.keep(BODY.leading + SMALL.leading)
  const tag = newTag('P', flow.root)
  flow.drawLine(
    { text: `${number}.`, width: 0, last: true },
    PAGE.left,
    flow.y,
    CONTENT_WIDTH,
    { ...BODY, weight: 'bold', colour: INK },
    tag
  )
  flow.paragraph(item.opinion, BODY, { inset: 21, tag })
  const source = [item.place, item.basis, item.sources && `意见 ${item.sources}`].filter(Boolean).join('；')
  if (source) flow.paragraph(`（${source}）`, SMALL, { inset: 21 })
}
