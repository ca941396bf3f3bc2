import { BODY, PAGE, type Flow } from '../layout/flow.ts'
import { INK, newTag, type Tag } from '../layout/ops.ts'
import type { ReportConclusion, ReportDocument } from '../report_document.ts'

const CHOICES: readonly [ReportConclusion['verdict'], string][] = [
  ['pass', '通过'],
  ['pass_after_revision', '修改后通过'],
  ['fail', '不通过'],
]

/** 七、论证结论 with its three boxes, the reasons, and every opinion that dissents with its reasons (CONC-1). */
export function conclusion(flow: Flow, report: ReportDocument): void {
  const { verdict, text, reason, dissents } = report.conclusion
  flow.heading('七、论证结论', 1, 90)
  const tag = newTag('P', flow.root)
  let x: number = PAGE.left
  for (const [value, label] of CHOICES) x = choice(flow, x, label, value === verdict, tag)
  flow.y -= 28
  flow.paragraph(text, BODY, { indent: 21 })
  if (verdict === 'fail') {
    flow.gap(4)
    flow.heading('不通过的理由', 2, BODY.leading)
    flow.paragraph(reason, BODY, { indent: 21 })
  }
  flow.gap(4)
  flow.heading('不同意见及理由', 2, BODY.leading)
  if (dissents.length === 0) flow.paragraph('无，专家组意见一致。', BODY, { indent: 21 })
  for (const { name, opinion, reason: why } of dissents)
    flow.paragraph(`${name}：${opinion}理由：${why}`, BODY, { indent: 21 })
  flow.gap(14)
}

/** A drawn box, so that it looks the same whatever the font has; readers hear □ or ☑. */
function choice(flow: Flow, x: number, label: string, chosen: boolean, tag: Tag): number {
  const side = 11
  const y = flow.y - 17
  const weight = chosen ? 'bold' : 'regular'
  flow.page.ops.push({
    kind: 'box',
    x,
    y: y - 1,
    width: side,
    height: side,
    line: 0.9,
    colour: INK,
    spoken: chosen ? '☑' : '□',
    tag,
  })
  if (chosen) {
    const points = [
      [x + 2.2, y + 4.4],
      [x + 4.7, y + 1.6],
      [x + 9.2, y + 8],
    ] as const
    flow.page.ops.push({ kind: 'line', points, width: 1.6, colour: INK, tag })
  }
  flow.text(label, x + side + 6, y, { ...BODY, size: 12, weight }, tag)
  return x + side + 6 + flow.fonts.width(label, 12, weight) + 34
}
