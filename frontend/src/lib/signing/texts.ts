/** Words of signing: work to do, messages, refusals; imported once by the frames. */
import { m } from '#paraglide/messages.js'
import { errorText, registerErrorTexts } from '../api/error_text.ts'
import { ApiError } from '../api/client.ts'
import { registerNoticeTexts, registerTodoTexts, string, type TodoText } from '../home/texts.ts'
import type { SignFailure, SignProgress } from './sign_report.ts'
import type { ReportFault } from './types.ts'

type Params = Record<string, unknown>

const todo =
  (what: () => string, detail: () => string, action: () => string) =>
  (params: Params): TodoText => ({
    title: m.todo_of({ what: what(), plan: string(params, 'plan') }),
    detail: detail(),
    action: action(),
  })
const notice = (text: (given: { plan: string; name: string }) => string) => (params: Params) =>
  text({ plan: string(params, 'plan'), name: string(params, 'name') })

registerTodoTexts({
  report_to_write: todo(m.report_todo_write, m.report_todo_write_why, m.report_todo_write_action),
  report_to_sign: todo(m.report_todo_sign, m.report_todo_sign_why, m.report_todo_sign_action),
})
registerNoticeTexts({
  report_to_write: notice(m.report_notice_write),
  report_to_sign: notice(m.report_notice_sign),
  report_issued: notice(m.report_notice_issued),
  report_refused: notice(m.report_notice_refused),
})
registerErrorTexts({
  E_NOT_THE_LEADER: () => m.report_error_not_leader(),
  E_ALREADY_CERTIFIED: () => m.report_error_certified(),
  E_TEXTS_CHANGED: () => m.report_error_texts_changed(),
  E_OVERVIEW_TOO_LONG: (params) => m.report_error_overview({ most: string(params, 'most') }),
  E_REPORT_INCOMPLETE: (params) =>
    m.report_error_incomplete({ count: ((params.faults ?? []) as unknown[]).length }),
  E_REPORT_TEXT: () => m.report_error_text(),
  E_NOT_SIGNING: () => m.sign_error_not_signing(),
  E_NOT_A_SIGNER: () => m.sign_error_not_a_signer(),
  E_ALREADY_SIGNED: () => m.sign_error_already(),
  E_LEADER_LAST: (params) => m.sign_error_leader_last({ open: string(params, 'open') }),
  E_NO_CERTIFICATE: () => m.sign_error_no_certificate(),
  E_OTHER_CERTIFICATE: () => m.sign_error_other_certificate(),
  E_CERTIFICATE_REVOKED: () => m.sign_error_other_certificate(),
  E_SIGNATURE_TEXT: () => m.sign_error_handwriting(),
  E_SIGNATURE_REFUSED: () => m.sign_error_refused(),
  E_MILDER_CONCLUSION: () => m.sign_error_milder(),
  E_NO_ITEM_TO_MEND: () => m.sign_error_no_item(),
  E_NOT_WHAT_YOU_SEE: ({ why }) => m.sign_error_not_what_you_see({ why: (why as { code: string }).code }),
  E_GAVE_UP: () => m.sign_error_gave_up(),
})

export function failureText({ code, ...params }: SignFailure): string {
  return errorText(new ApiError({ status: 409, code, params }))
}

export function progressText(progress: SignProgress): string {
  if (progress.step === 'waiting') return m.sign_step_waiting({ count: progress.ahead })
  const steps = {
    preparing: m.sign_step_preparing,
    checking: m.sign_step_checking,
    completing: m.sign_step_completing,
    no_answer: m.sign_step_no_answer,
  }
  return steps[progress.step]()
}

const fields: Record<string, () => string> = {
  project_place: m.report_field_place,
  permit_code: m.report_field_permit,
  owner: m.report_field_owner,
  designer: m.report_field_designer,
  general_contractor: m.report_field_contractor,
  project_manager: m.report_field_manager,
  supervision: m.report_field_supervision,
  chief_supervisor: m.report_field_chief,
  meeting_place: m.report_field_meeting_place,
  main_parameters: m.report_field_parameters,
  clause: m.report_field_clause,
  contractor_reviewed_on: m.report_field_contractor_reviewed,
  supervision_reviewed_on: m.report_field_supervision_reviewed,
  summary: m.report_overview,
  completeness_opinion: m.report_question_complete,
  calculation_opinion: m.report_question_calculation,
  site_fit_opinion: m.report_question_site,
}

/** What the form still lacks, in the words of its fields. */
export function faultText(fault: ReportFault): string {
  if (fault.code === 'field_missing')
    return m.report_fault_field({ field: fields[fault.field ?? '']?.() ?? fault.field ?? '' })
  if (fault.code === 'item_incomplete') return m.report_fault_item({ item: fault.item ?? '' })
  if (fault.code === 'expert_row_incomplete') return m.report_fault_expert({ letter: fault.expert ?? '' })
  if (fault.code === 'conclusion_reason_missing') return m.report_fault_reason()
  return m.report_fault_other()
}

const steps: Record<string, () => string> = {
  collecting: m.report_step_collecting,
  setting: m.report_step_setting,
  sealing: m.report_step_sealing,
  keeping: m.report_step_keeping,
}
const order = Object.keys(steps)

/** Where the making of the file is: text and share of the way. */
export function buildProgress(step: string | null): { label: string; value: number } {
  const at = Math.max(0, order.indexOf(step ?? order[0]!))
  return { label: (steps[step ?? ''] ?? m.report_step_collecting)(), value: (at + 0.5) / order.length }
}
