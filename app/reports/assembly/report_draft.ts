import type { ReportDocument } from '#lib/pdf/report_document'
import type { Conclusion } from '#reviews/public'
import type { ReportDraft } from '#reports/domain/report_is_ready'

/** The assembled report as the rule on its completeness reads it (REP-1, MEET-3). */
export function draftOf(report: ReportDocument, conclusion: Conclusion): ReportDraft {
  const party = (role: string) => report.parties.find((one) => one.role === role)
  return {
    fields: {
      title: report.plan.name,
      number: report.number,
      project_name: report.project.name,
      project_place: report.project.place,
      permit_code: report.project.permitNumber,
      owner: party('建设单位')?.name ?? '',
      designer: party('设计单位')?.name ?? '',
      general_contractor: party('施工总承包单位')?.name ?? '',
      project_manager: party('施工总承包单位')?.lead?.name ?? '',
      supervision: party('监理单位')?.name ?? '',
      chief_supervisor: party('监理单位')?.lead?.name ?? '',
      organiser: report.organiser,
      plan_name: report.plan.name,
      plan_version: report.plan.version,
      categories: report.plan.category,
      main_parameters: report.plan.parameters,
      clause: report.plan.clauses,
      contractor_reviewed_on: report.plan.contractorReviewedOn,
      supervision_reviewed_on: report.plan.supervisorReviewedOn,
      meeting_time: report.meeting.time,
      meeting_place: report.meeting.place,
      meeting_form: report.meeting.mode,
      site_survey: report.meeting.survey,
      summary: report.overview,
      completeness_opinion: report.answers.complete,
      calculation_opinion: report.answers.calculation,
      site_fit_opinion: report.answers.site,
    },
    severe_defects: report.severeDefects,
    items: report.mustFix.map(({ place, opinion, basis }, index) => {
      return { id: String(index + 1), place, opinion, basis }
    }),
    experts: report.experts.map(({ letter, name, employer, title, specialty, rosterNumber }) => {
      return { id: letter, name, employer, title, specialty, certificate: rosterNumber }
    }),
    conclusion,
    reason: report.conclusion.reason,
  }
}
