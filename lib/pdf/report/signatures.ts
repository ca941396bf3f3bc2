import { BODY, CONTENT_WIDTH, PAGE, SMALL, type Flow, type TextStyle } from '../layout/flow.ts'
import { GREY, HAIR, INK, newTag } from '../layout/ops.ts'
import { ARCHIVE_FIELDS, SEAL_FIELD, signatureField, type ReportDocument } from '../report_document.ts'
import { drawCode } from './verification_code.ts'

const GAP = 9
const BOX_WIDTH = (CONTENT_WIDTH - GAP) / 2
const BOX_HEIGHT = 76
const SEAL_HEIGHT = 118
const LABEL: TextStyle = { ...SMALL, size: 8.5, leading: 13, colour: GREY }

type Place = { x: number; y: number; width: number; height: number }

/**
 * 八、签名: a box for the leader and every expert, the places for seals, and the code. Frames and labels are page
 * content; the field inside is empty until its person signs, so that an appearance never covers a name.
 */
export function signatures(flow: Flow, report: ReportDocument): void {
  const people = [...report.experts].sort((a, b) => Number(b.role === 'leader') - Number(a.role === 'leader'))
  // Signing happens in one view: the whole block stays on one page.
  flow.heading('八、专家组签名', 1, Math.ceil(people.length / 2) * (BOX_HEIGHT + GAP) + SEAL_HEIGHT + 50)
  for (let index = 0; index < people.length; index += 2) {
    flow.keep(BOX_HEIGHT)
    for (const [column, person] of people.slice(index, index + 2).entries()) {
      const title = person.role === 'leader' ? '组长' : '专家'
      const place = frame(flow, column, BOX_HEIGHT, `${title}　${person.name}`)
      field(flow, signatureField(index + column), place, `${title} ${person.name} 签名`, person)
    }
    flow.y -= BOX_HEIGHT + GAP
  }
  flow.keep(SEAL_HEIGHT + 40)
  const seal = frame(flow, 0, SEAL_HEIGHT, `组织单位/论证机构盖章　${report.signing.organiserSealDate}`)
  field(flow, SEAL_FIELD, seal, '平台电子签章')
  drawCode(flow, report, {
    x: PAGE.left + BOX_WIDTH + GAP,
    y: flow.y - SEAL_HEIGHT,
    width: BOX_WIDTH,
    height: SEAL_HEIGHT,
  })
  for (const name of ARCHIVE_FIELDS) field(flow, name, { x: 0, y: 0, width: 0, height: 0 }, '长期保存时间戳')
  flow.y -= SEAL_HEIGHT + 12
  flow.paragraph(report.signing.note, { ...BODY, size: 8.5, leading: 13.5, colour: GREY })
}

function frame(flow: Flow, column: number, height: number, label: string): Place {
  const x = PAGE.left + column * (BOX_WIDTH + GAP)
  const y = flow.y - height
  flow.page.ops.push({ kind: 'box', x, y, width: BOX_WIDTH, height, line: 0.7, colour: HAIR, tag: undefined })
  const lines = flow.lines(label, BOX_WIDTH - 20, LABEL).slice(0, 2)
  const tag = newTag('P', flow.root)
  for (const [index, line] of lines.entries())
    flow.drawLine(
      line,
      x + 10,
      flow.y - 6 - index * LABEL.leading,
      BOX_WIDTH - 20,
      { ...LABEL, colour: INK },
      tag
    )
  const top = 8 + lines.length * LABEL.leading
  return { x: x + 8, y: y + 5, width: BOX_WIDTH - 16, height: height - top - 5 }
}

function field(
  flow: Flow,
  name: string,
  place: Place,
  label: string,
  expected?: { name: string; rosterNumber: string }
): void {
  const tag = newTag('Form', flow.root)
  tag.alternative = label
  flow.page.fields.push({ name, ...place, label, tag, ...(expected ? { expected } : {}) })
}
