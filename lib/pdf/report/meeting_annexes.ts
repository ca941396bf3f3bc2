import { BODY, SMALL, type Flow } from '../layout/flow.ts'
import { table, type Cell } from '../layout/table.ts'
import type { ReportDocument } from '../report_document.ts'

const centred = (text: string): Cell => ({ text, align: 'centre' })
const small = { size: 9, leading: 13.5 }
const NOTE = { ...SMALL, size: 9, leading: 14.5 }

/** 附件三 会议照片: which there are; whoever may see them finds them in the system. */
export function photographs(flow: Flow, report: ReportDocument): void {
  const { photographs: taken } = report.annexes
  flow.newPage()
  flow.heading('附件三　会议照片')
  if (taken.length === 0)
    return flow.paragraph('会议未拍照片，会后上传的照片见平台资料。', BODY, { indent: 21 })
  table(flow, {
    columns: [34, 180, 258],
    head: ['序号', '签到照片', '拍摄时间'],
    rows: taken.map(({ name, time }, index) => [centred(String(index + 1)), { text: name }, { text: time }]),
  })
  flow.paragraph('照片存于平台，由专家组、组织单位和监督人员按权限查看，不随报告散发。', NOTE)
  flow.gap(14)
}

/** 附件四 授权委托书: who came in whose place. */
export function delegations(flow: Flow, report: ReportDocument): void {
  const { delegates } = report.annexes
  flow.heading('附件四　授权委托书', 1, 90)
  if (delegates.length === 0) return flow.paragraph('应到人员均未委托他人到会。', BODY, { indent: 21 })
  table(flow, {
    columns: [34, 266, 172],
    head: ['序号', '应到人员', '受委托到会'],
    rows: delegates.map(({ role, name }, index) => [
      centred(String(index + 1)),
      { text: role },
      { text: name },
    ]),
  })
}

/**
 * 附件五 修改情况回复表: the panel's items in their order, open for the contractor's answers, as practice attaches
 * it. The answers and the leader's opinion on them come after the signatures and are documents of their own.
 */
export function replies(flow: Flow, report: ReportDocument): void {
  const items = [
    ...report.mustFix.map((item, index) => ({ ...item, number: String(index + 1) })),
    ...report.advice.map((item, index) => ({ ...item, number: `建议 ${index + 1}` })),
  ]
  if (items.length === 0 || report.conclusion.verdict === 'fail') return
  flow.newPage()
  flow.heading('附件五　修改情况回复表')
  table(flow, {
    columns: [40, 190, 120, 40, 82],
    head: ['序号', '专家意见', '修改情况', '页码', '组长意见'],
    rows: items.map(({ number, place, opinion }) => [
      centred(number),
      { text: place ? `${place}：${opinion}` : opinion, style: small },
      { text: '' },
      { text: '' },
      { text: '' },
    ]),
  })
  table(flow, {
    columns: [118, 118, 118, 118],
    head: ['编制人', '项目技术负责人', '施工单位技术负责人', '总监理工程师'],
    rows: [[{ text: '\n' }, { text: '' }, { text: '' }, { text: '' }]],
  })
  flow.paragraph('在平台逐条回复；回复和组长的审查意见签署后另成文件，不改动本报告。', NOTE)
}
