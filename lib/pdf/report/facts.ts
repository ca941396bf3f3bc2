import type { Flow } from '../layout/flow.ts'
import { table, type Cell } from '../layout/table.ts'
import type { ReportDocument, ReportParty } from '../report_document.ts'

const label = (text: string): Cell => ({ text, label: true, align: 'centre' })
const value = (text: string, span = 1): Cell => ({ text: text || '—', span })

/** 一、基本情况: project, parties, plan, reviews of the contractor and the supervisor, meeting. */
export function facts(flow: Flow, report: ReportDocument): void {
  const { project, plan, meeting } = report
  flow.heading('一、基本情况')
  table(flow, {
    columns: [88, 180, 78, 126],
    rows: [
      [label('工程名称'), value(project.name, 3)],
      [label('工程地点'), value(project.place, 3)],
      [label('施工许可证号或监督编号'), value(project.permitNumber, 3)],
      ...report.parties.map(partyRow),
      [label('组织单位'), value(report.organiser, 3)],
      [label('论证机构'), value(report.agency, 3)],
    ],
  })
  flow.heading('二、论证的方案')
  table(flow, {
    columns: [88, 180, 78, 126],
    rows: [
      [label('方案名称'), value(plan.name, 3)],
      [label('版本'), value(plan.version), label('附件2条款'), value(plan.clauses)],
      [label('类别'), value(plan.category, 3)],
      [label('主要参数'), value(plan.parameters, 3)],
      [
        label('施工单位审核日期'),
        value(plan.contractorReviewedOn),
        label('总监审查日期'),
        value(plan.supervisorReviewedOn),
      ],
      [label('论证时间'), value(meeting.time), label('论证方式'), value(meeting.mode)],
      [label('论证地点'), value(meeting.place, 3)],
      [label('踏勘情况'), value(meeting.survey, 3)],
    ],
  })
}

function partyRow(party: ReportParty): Cell[] {
  if (!party.lead) return [label(party.role), value(party.name, 3)]
  return [label(party.role), value(party.name), label(party.lead.title), value(party.lead.name)]
}
