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

/** A box of the font with a drawn tick, so that it looks the same everywhere; what reads aloud or copies gets □ or ☑. */
function choice(flow: Flow, x: number, label: string, chosen: boolean, tag: Tag): number {
  const size = 14
  const y = flow.y - 17
  const weight = chosen ? 'bold' : 'regular'
  const box = {
    kind: 'text' as const,
    x,
    y: y - 0.6,
    size,
    weight: 'regular' as const,
    text: '□',
    colour: INK,
    spacing: 0,
  }
  flow.page.ops.push({ ...box, tag, ...(chosen ? { spoken: '☑' } : {}) })
  if (chosen) {
    const points = [
      [x + 3.6, y + 4.6],
      [x + 6.2, y + 1.8],
      [x + 11.2, y + 8.6],
    ] as const
    flow.page.ops.push({ kind: 'line', points, width: 1.7, colour: INK, tag })
  }
  flow.text(label, x + size + 5, y, { ...BODY, size: 12, weight }, tag)
  return x + size + 5 + flow.fonts.width(label, 12, weight) + 34
}
