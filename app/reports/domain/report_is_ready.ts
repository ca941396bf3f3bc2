import type { Regulation } from '#core/regulation/types'

/** The fields of the report's form that can be wanting; text, "" where nothing has been entered. */
export const REPORT_FIELDS = [
  'title',
  'number',
  'project_name',
  'project_place',
  'permit_code',
  'owner',
  'designer',
  'general_contractor',
  'project_manager',
  'supervision',
  'chief_supervisor',
  'organiser',
  'plan_name',
  'plan_version',
  'categories',
  'main_parameters',
  'clause',
  'contractor_reviewed_on',
  'supervision_reviewed_on',
  'meeting_time',
  'meeting_place',
  'meeting_form',
  'site_survey',
  'summary',
  'completeness_opinion',
  'calculation_opinion',
  'site_fit_opinion',
] as const
export type ReportField = (typeof REPORT_FIELDS)[number]

export type ReportFault =
  | { code: 'field_missing'; field: ReportField }
  | { code: 'summary_too_long'; characters: number; most: number }
  | { code: 'defect_check_missing' }
  | { code: 'conclusion_missing' }
  | { code: 'conclusion_reason_missing' }
  | { code: 'item_incomplete'; item: string }
  | { code: 'expert_row_incomplete'; expert: string }

export type ReportDraft = {
  fields: Readonly<Record<ReportField, string>>
  /** Null until the panel has said "none" or which items. */
  severe_defects: readonly string[] | null
  items: readonly { id: string; place: string; opinion: string; basis: string }[]
  experts: readonly {
    id: string
    name: string
    employer: string
    title: string
    specialty: string
    certificate: string
  }[]
  conclusion: 'PASS' | 'REVISE' | 'FAIL' | null
  reason: string
}

/** Rules REP-1, MEET-3 (notice 31 of 2018). What the form still lacks; an empty list may be signed. */
export function reportFaults(report: ReportDraft, regulation: Regulation): ReportFault[] {
  const faults: ReportFault[] = REPORT_FIELDS.filter((field) => report.fields[field].trim() === '').map(
    (field) => ({
      code: 'field_missing',
      field,
    })
  )
  const characters = [...report.fields.summary].length
  const most = regulation.values['report.summary_maximum_characters'].value
  if (characters > most) faults.push({ code: 'summary_too_long', characters, most })
  if (report.severe_defects === null) faults.push({ code: 'defect_check_missing' })
  if (report.conclusion === null) faults.push({ code: 'conclusion_missing' })
  if (report.conclusion === 'FAIL' && report.reason.trim() === '')
    faults.push({ code: 'conclusion_reason_missing' })
  for (const { id, place, opinion, basis } of report.items) {
    if ([place, opinion, basis].some(isBlank)) faults.push({ code: 'item_incomplete', item: id })
  }
  for (const { id, name, employer, title, specialty, certificate } of report.experts) {
    if ([name, employer, title, specialty, certificate].some(isBlank)) {
      faults.push({ code: 'expert_row_incomplete', expert: id })
    }
  }
  return faults
}

function isBlank(text: string): boolean {
  return text.trim() === ''
}
