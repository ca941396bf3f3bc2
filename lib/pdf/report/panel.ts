import type { Flow } from '../layout/flow.ts'
import { table } from '../layout/table.ts'
import type { ReportDocument } from '../report_document.ts'

/** 三、工程概况 and 四、专家一览表. */
export function panel(flow: Flow, report: ReportDocument): void {
  flow.heading('三、工程概况')
  flow.paragraph(report.overview, undefined, { indent: 21 })
  flow.gap(12)
  flow.heading('四、专家一览表', 1, 90)
  const small = { size: 9, leading: 13.5 }
  table(flow, {
    columns: [58, 128, 62, 66, 86, 72],
    head: ['姓名', '单位', '职务', '职称', '专业', '证书号'],
    rows: report.experts.map((expert) => [
      {
        text: expert.role === 'leader' ? `${expert.name}\n（组长）` : expert.name,
        style: { ...small, weight: 'bold' },
      },
      { text: expert.employer, style: small },
      { text: expert.position, style: small },
      { text: expert.title, style: small },
      { text: expert.specialty, style: small },
      { text: expert.rosterNumber, style: { ...small, size: 8 } },
    ]),
  })
}
