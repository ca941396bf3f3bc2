import { BODY, CONTENT_WIDTH, PAGE, type Flow, type TextStyle } from '../layout/flow.ts'
import { GREY, HAIR, INK, SEAL_RED, newTag } from '../layout/ops.ts'
import type { ReportDocument } from '../report_document.ts'

const TITLE_LINES = ['危险性较大的分部分项工程', '专项施工方案专家论证报告']
const LABEL_WIDTH = 96

/** 封面: title, number and round, and the five facts by which a reader knows which report this is. */
export function cover(flow: Flow, report: ReportDocument): void {
  flow.newPage(true)
  const style = (size: number, weight: TextStyle['weight'], colour = INK): TextStyle => ({
    size,
    leading: size * 1.6,
    weight,
    colour,
    justify: false,
  })
  const heading = newTag('H1', flow.root)
  flow.text(`编号 ${report.number}`, PAGE.left, 756, style(10.5, 'regular'), newTag('P', flow.root))
  const round = `第 ${report.round} 轮论证`
  flow.text(
    round,
    PAGE.width - PAGE.right - flow.fonts.width(round, 10.5, 'regular'),
    756,
    style(10.5, 'regular'),
    newTag('P', flow.root)
  )
  flow.page.ops.push({
    kind: 'line',
    points: [
      [PAGE.left, 744],
      [PAGE.width - PAGE.right, 744],
    ],
    width: 1.2,
    colour: INK,
    tag: undefined,
  })
  for (const [index, line] of TITLE_LINES.entries())
    flow.centred(line, 620 - index * 42, style(26, 'bold'), heading)
  flow.page.ops.push({
    kind: 'line',
    points: [
      [PAGE.width / 2 - 28, 545],
      [PAGE.width / 2 + 28, 545],
    ],
    width: 2,
    colour: SEAL_RED,
    tag: undefined,
  })
  flow.y = 470
  const rows: [string, string][] = [
    ['工程名称', report.project.name],
    ['方案名称', report.plan.name],
    ['方案版本', report.plan.version],
    ['组织单位', report.organiser],
    ['论证机构', report.agency],
    ['论证时间', report.meeting.time],
  ]
  for (const [label, value] of rows) coverRow(flow, label, value)
  if (!report.demonstration) return
  flow.y = PAGE.bottom + 34
  flow.paragraph('演示文件：本报告所用证书由演示认证机构签发，不具有法律效力。', {
    ...BODY,
    size: 9,
    leading: 14,
    colour: SEAL_RED,
  })
}

function coverRow(flow: Flow, label: string, value: string): void {
  const tag = newTag('P', flow.root)
  const labelStyle: TextStyle = { ...BODY, size: 12, leading: 20, colour: GREY, justify: false }
  const valueStyle: TextStyle = { ...labelStyle, weight: 'bold', colour: INK }
  const width = CONTENT_WIDTH - LABEL_WIDTH - 20
  const lines = flow.lines(value, width, valueStyle)
  flow.drawLine({ text: label, width: 0, last: true }, PAGE.left + 20, flow.y, LABEL_WIDTH, labelStyle, tag)
  for (const line of lines) {
    flow.drawLine(line, PAGE.left + LABEL_WIDTH, flow.y, width, valueStyle, tag)
    flow.y -= valueStyle.leading
  }
  const rule = flow.y - 3
  flow.page.ops.push({
    kind: 'line',
    points: [
      [PAGE.left + LABEL_WIDTH, rule],
      [PAGE.width - PAGE.right, rule],
    ],
    width: 0.5,
    colour: HAIR,
    tag: undefined,
  })
  flow.y -= 14
}
