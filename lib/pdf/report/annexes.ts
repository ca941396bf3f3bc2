import { BODY, CONTENT_WIDTH, PAGE, SMALL, type Flow } from '../layout/flow.ts'
import { newTag } from '../layout/ops.ts'
import { table, type Cell } from '../layout/table.ts'
import type { ReportAnnexes, ReportAttendee, ReportDocument } from '../report_document.ts'
import { drawQr } from './verification_code.ts'

const centred = (text: string): Cell => ({ text, align: 'centre' })

/** 附件一 个人意见表: each member's own opinions, as they were handed in. */
export function opinionSheets(flow: Flow, report: ReportDocument): void {
  flow.newPage()
  flow.heading('附件一　个人意见表')
  for (const { expert, rows } of report.annexes.opinions) {
    flow.heading(expert, 2, 70)
    if (rows.length === 0) {
      flow.paragraph('无意见。', BODY, { indent: 21 })
      continue
    }
    table(flow, {
      columns: [34, 86, 240, 112],
      head: ['序号', '部位、页码', '意见', '依据'],
      rows: rows.map((row, index) => [
        centred(row.sources || String(index + 1)),
        { text: row.place },
        { text: row.opinion },
        { text: row.basis, style: { size: 8.5, leading: 13 } },
      ]),
    })
  }
}

/** 附件二 签到表: experts apart from the others. A remote meeting's times stand where hands would sign. */
export function attendance(flow: Flow, report: ReportDocument): void {
  const { host, experts, others, required } = report.annexes.attendance
  flow.newPage()
  flow.heading('附件二　签到表')
  table(flow, {
    columns: [64, 172, 64, 172],
    rows: [
      [
        { text: '会议名称', label: true, align: 'centre' },
        { text: `${report.plan.name}专家论证会`, span: 3 },
      ],
      [
        { text: '时间', label: true, align: 'centre' },
        { text: report.meeting.time },
        { text: '主持人', label: true, align: 'centre' },
        { text: host },
      ],
      [
        { text: '地点', label: true, align: 'centre' },
        { text: report.meeting.place, span: 3 },
      ],
    ],
  })
  sheet(flow, '专家', experts)
  sheet(flow, '参会人员', others)
  requiredSheet(flow, required)
}

/** MEET-2: a person who sat in the room of somebody else has no line of the system's own, only the leader's. */
function requiredSheet(flow: Flow, people: ReportDocument['annexes']['attendance']['required']): void {
  if (people.length === 0) return
  flow.heading('应到人员（组长逐一登记）', 2, 70)
  const small = { size: 9, leading: 13.5 }
  table(flow, {
    columns: [34, 186, 92, 160],
    head: ['序号', '应到人员', '姓名', '说明'],
    rows: people.map(({ role, name, note }, index) => [
      centred(String(index + 1)),
      { text: role, style: small },
      { text: name || '未到', style: small },
      { text: note, style: small },
    ]),
  })
}

function sheet(flow: Flow, title: string, people: readonly ReportAttendee[]): void {
  flow.heading(title, 2, 70)
  const small = { size: 9, leading: 13.5 }
  table(flow, {
    columns: [34, 62, 148, 80, 76, 72],
    head: ['序号', '姓名', '单位', '职务/职称', '电话', '进入、离开'],
    rows: people.map((person, index) => [
      centred(String(index + 1)),
      { text: person.name, style: small },
      { text: person.organization, style: small },
      { text: person.position, style: small },
      { text: person.phone, style: small },
      { text: `${person.joined}\n${person.left}`, style: small },
    ]),
  })
}

/** 附件六 抽取单. */
export function drawSheet(flow: Flow, report: ReportDocument): void {
  const { draw } = report.annexes
  flow.newPage()
  flow.heading('附件六　专家抽取单')
  flow.paragraph(`抽取编号 ${draw.number}，抽取时间 ${draw.time}，可抽专家名单 ${draw.pool} 人。`)
  flow.gap(6)
  table(flow, {
    columns: [36, 84, 160, 110, 82],
    head: ['序号', '姓名', '单位', '专业', '结果'],
    rows: draw.rows.map((row) => [
      centred(String(row.order)),
      { text: row.name },
      { text: row.employer },
      { text: row.specialty },
      { text: row.outcome },
    ]),
  })
  flow.paragraph(draw.note, { ...SMALL, size: 9, leading: 14.5 })
}

/** 附件七 核验页: the digests, here and nowhere else in the report. */
export function verificationPage(flow: Flow, report: ReportDocument): void {
  flow.newPage()
  flow.heading('附件七　核验页')
  flow.paragraph(
    '扫描二维码或在核验页面输入核验码，可查看本报告的真伪与方案的实施状态；把文件拖入核验页面，或用离线核验程序，可核对签名与签章后的变更记录。核验不需要账号，文件不上传。',
    BODY,
    { indent: 21 }
  )
  flow.gap(8)
  drawQr(flow, report.verificationUrl, PAGE.left, flow.y - 104, 104)
  const { verificationCode: code } = report
  const tag = newTag('P', flow.root)
  const mono = { ...BODY, weight: 'mono' as const, size: 18 }
  flow.text('核验码', PAGE.left + 128, flow.y - 26, SMALL, tag)
  flow.text(`${code.slice(0, 4)}-${code.slice(4)}`, PAGE.left + 128, flow.y - 50, mono, tag)
  const lines = flow.lines(report.verificationUrl, CONTENT_WIDTH - 130, { ...SMALL, weight: 'mono' })
  for (const [index, line] of lines.entries())
    flow.text(line.text, PAGE.left + 128, flow.y - 74 - index * 13, { ...SMALL, weight: 'mono' }, tag)
  flow.y -= 122
  table(flow, {
    columns: [120, 352],
    head: ['项目', '内容'],
    rows: report.annexes.verification.map(({ label, value }) => [
      { text: label },
      { text: value, style: { weight: 'mono', size: 8.5, leading: 13.5 } },
    ]),
  })
  if (report.annexes.receipt) ledgerReceipt(flow, report.annexes.receipt)
}

/** Where the review's log stood when the report was set: whoever holds the paper can ask whether it is still so. */
function ledgerReceipt(flow: Flow, receipt: NonNullable<ReportAnnexes['receipt']>): void {
  const side = 84
  flow.gap(18)
  flow.keep(side + 40)
  flow.paragraph('存证回执', { ...BODY, weight: 'bold' })
  flow.paragraph(
    '本报告形成时，存证日志已有下列条目。日后扫描此码，由您的设备核对日志是否仍以它为前段；被退回或改写过的日志通不过。',
    SMALL
  )
  flow.gap(6)
  drawQr(flow, receipt.address, PAGE.left, flow.y - side, side)
  const tag = newTag('P', flow.root)
  const mono = { ...SMALL, weight: 'mono' as const }
  const left = PAGE.left + side + 18
  flow.text(`条目 #${receipt.index}　共 ${receipt.size} 条`, left, flow.y - 16, SMALL, tag)
  const lines = [
    ...flow.lines(receipt.root, CONTENT_WIDTH - side - 20, mono),
    ...flow.lines(receipt.token, CONTENT_WIDTH - side - 20, mono),
  ]
  for (const [index, line] of lines.entries()) flow.text(line.text, left, flow.y - 34 - index * 13, mono, tag)
  flow.y -= side + 8
}
