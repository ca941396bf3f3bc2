/** Words of the plans' work, messages and refusals; imported once by the frame, so that every page has them. */
import { m } from '#paraglide/messages.js'
import { registerErrorTexts } from '../api/error_text.ts'
import { registerNoticeTexts, registerTodoTexts, string, type TodoText } from '../home/texts.ts'
import { bytes } from '../ui/format.ts'

type Params = Record<string, unknown>

const todo =
  (what: () => string, detail: () => string, action: () => string) =>
  (params: Params): TodoText => ({
    title: m.todo_of({ what: what(), plan: string(params, 'plan') }),
    detail: detail(),
    action: action(),
  })
const notice = (text: (given: { plan: string; version: string }) => string) => (params: Params) =>
  text({ plan: string(params, 'plan'), version: string(params, 'version') })

registerTodoTexts({
  plan_draft: todo(m.plan_todo_draft, m.plan_todo_draft_why, m.plan_todo_draft_action),
  plan_returned: todo(m.plan_todo_returned, m.plan_todo_returned_why, m.plan_todo_returned_action),
  plan_to_submit: todo(m.plan_todo_submit, m.plan_todo_submit_why, m.plan_submit),
  plan_to_approve: todo(m.plan_todo_approve, m.plan_todo_approve_why, m.plan_todo_approve_action),
  plan_to_supervise: todo(m.plan_todo_supervise, m.plan_todo_supervise_why, m.plan_todo_approve_action),
})
registerNoticeTexts({
  'plan.to_review': notice(m.plan_notice_to_review),
  'plan.reminded': notice(m.plan_notice_reminded),
  'plan.returned': notice(m.plan_notice_returned),
  'plan.contractor_approved': notice(m.plan_notice_contractor),
  'plan.subcontractor_approved': notice(m.plan_notice_contractor),
  'plan.supervision_approved': notice(m.plan_notice_supervision),
  'plan.form_checked': notice(m.plan_notice_form_checked),
})
registerErrorTexts({
  E_PLAN_FIXED: () => m.plan_error_fixed(),
  E_VERSION_FIXED: () => m.plan_error_fixed(),
  E_VERSION_UNDER_REVIEW: () => m.plan_error_under_review(),
  E_REVIEW_STATE: () => m.plan_error_state(),
  E_NOT_YOUR_TURN: () => m.plan_error_turn(),
  E_OTHER_VERSION: (params) => m.plan_error_other_version({ number: string(params, 'number') }),
  E_REASONS_NEEDED: () => m.plan_error_reasons(),
  E_REGISTRATION_NEEDED: () => m.plan_error_registration(),
  E_TICKS: (params) =>
    m.plan_error_ticks({
      items: ((params.faults ?? []) as { item: string }[]).map((fault) => fault.item).join('、'),
    }),
  E_PLAN_LACKS: (params) => m.plan_error_lacks({ count: ((params.lacks ?? []) as unknown[]).length }),
  E_NOT_READY: () => m.plan_error_not_ready(),
  E_PLAN_KEY: () => m.plan_error_key(),
  E_AGENCY_NOT_LISTED: (params) => m.plan_error_agency({ name: string(params, 'name') }),
  E_DELEGATION_NEEDED: () => m.plan_error_delegation(),
  E_REMINDED_ALREADY: () => m.plan_error_reminded(),
  E_NOBODY_TO_REMIND: () => m.plan_error_nobody(),
  E_CONTRACTOR_IS_ORGANISER: (params) => m.plan_error_contractor({ name: string(params, 'name') }),
})

type Refusal = { code: string; [name: string]: unknown }

const refusals: Record<string, (refusal: Refusal) => [string, string]> = {
  not_pdf: () => [m.plan_refused_not_pdf(), m.plan_refused_not_pdf_how()],
  truncated: () => [m.plan_refused_truncated(), m.plan_refused_truncated_how()],
  encrypted: () => [m.plan_refused_encrypted(), m.plan_refused_encrypted_how()],
  active_content: (refusal) => [
    m.plan_refused_active({ found: ((refusal.found ?? []) as string[]).join('、') }),
    m.plan_refused_active_how(),
  ],
  too_many_pages: (refusal) => [
    m.plan_refused_pages({ pages: String(refusal.pages), most: String(refusal.most) }),
    m.plan_refused_pages_how(),
  ],
  too_large: (refusal) => [
    m.plan_refused_large({ most: bytes(Number(refusal.most)) }),
    m.plan_refused_large_how(),
  ],
  bomb: () => [m.plan_refused_bomb(), m.plan_refused_print_how()],
  too_heavy: () => [m.plan_refused_heavy(), m.plan_refused_print_how()],
  unreadable: (refusal) => [
    refusal.page ? m.plan_refused_page({ page: String(refusal.page) }) : m.plan_refused_unreadable(),
    m.plan_refused_print_how(),
  ],
  no_pages: () => [m.plan_refused_unreadable(), m.plan_refused_print_how()],
  E_SAME_FILE: (refusal) => [
    m.plan_refused_same({ number: String(refusal.number) }),
    m.plan_refused_same_how(),
  ],
  E_VERSION_UNDER_REVIEW: () => [m.plan_error_under_review(), ''],
  E_SIGN_IN: () => [m.error_sign_in_expired(), ''],
  upload_cut: () => [m.plan_refused_cut(), m.plan_refused_cut_how()],
}

/** Why a file was not taken in, and what to do. */
export function refusalText(refusal: Refusal): { what: string; how: string } {
  const [what, how] = refusals[refusal.code]?.(refusal) ?? [
    m.plan_refused_check(),
    m.plan_refused_check_how(),
  ]
  return { what, how }
}
