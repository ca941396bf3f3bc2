import { BODY, CONTENT_WIDTH, PAGE, SMALL, type Flow, type TextStyle } from '../layout/flow.ts'
import { GREY, HAIR, INK, newTag } from '../layout/ops.ts'
import {
  ARCHIVE_FIELDS,
  SEAL_FIELD,
  signatureField,
  type ReportDocument,
  type ReportExpert,
} from '../report_document.ts'
import { drawCode } from './verification_code.ts'

const GAP = 9
const BOX_WIDTH = (CONTENT_WIDTH - GAP) / 2
const BOX_HEIGHT = 76
const SEAL_HEIGHT = 104
const LABEL: TextStyle = { ...SMALL, size: 8.5, leading: 13, colour: GREY }

type Place = { x: number; y: number; width: number; height: number }

/**
 * 八、签名: a box for the leader and every expert, the places for seals, and the code. Frames and labels are page
 * content; the field inside is empty until its person signs, so that an appearance never covers a name.
 */
export function signatures(flow: Flow, report: ReportDocument): void {
  const people = [...report.experts].sort((a, b) => Number(b.role === 'leader') - Number(a.role === 'leader'))
  const rows = Math.floor(people.length / 2) + 1
  // Signing happens in one view: the whole block stays on one page.
  flow.heading('八、专家组签名', 1, rows * (BOX_HEIGHT + GAP) + SEAL_HEIGHT + 50)
  for (let row = 0; row < rows; row++) {
    flow.keep(BOX_HEIGHT)
    for (let column = 0; column < 2; column++) {
      const index = row * 2 + column
      const person = people[index]
      if (person) signatureBox(flow, column, index, person)
      // A panel is odd, so the last row has room for the code.
      else if (index === people.length) drawCode(flow, report, box(flow, column, BOX_HEIGHT))
    }
    flow.y -= BOX_HEIGHT + GAP
  }
  flow.keep(SEAL_HEIGHT + 40)
  frame(flow, 0, SEAL_HEIGHT, `组织单位/论证机构盖章　${report.signing.organiserSealDate}`)
  field(flow, SEAL_FIELD, frame(flow, 1, SEAL_HEIGHT, '平台电子签章'), '平台电子签章')
  for (const name of ARCHIVE_FIELDS) field(flow, name, { x: 0, y: 0, width: 0, height: 0 }, '长期保存时间戳')
  flow.y -= SEAL_HEIGHT + 12
  flow.paragraph(report.signing.note, { ...BODY, size: 8.5, leading: 13.5, colour: GREY })
}

function signatureBox(flow: Flow, column: number, index: number, person: ReportExpert): void {
  const title = person.role === 'leader' ? '组长' : '专家'
  const place = frame(flow, column, BOX_HEIGHT, `${title}　${person.name}`)
  field(flow, signatureField(index), place, `${title} ${person.name} 签名`, person)
}

function box(flow: Flow, column: number, height: number): Place {
  return { x: PAGE.left + column * (BOX_WIDTH + GAP), y: flow.y - height, width: BOX_WIDTH, height }
}

function frame(flow: Flow, column: number, height: number, label: string): Place {
  const { x, y } = box(flow, column, height)
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
