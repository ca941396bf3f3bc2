/** Words of filing and revision for work, messages and refusals; imported once by the frame of signed-in pages. */
import { m } from '#paraglide/messages.js'
import { registerErrorTexts } from '../api/error_text.ts'
import { registerNoticeTexts, registerTodoTexts, string, type TodoText } from '../home/texts.ts'
import { dueTime } from './due_time.ts'
import type { Fault, Item } from './types.ts'

type Params = Record<string, unknown>

const plan = (params: Params) => string(params, 'plan')
const version = (params: Params) => string(params, 'version')
const due = (params: Params) => (string(params, 'dueAt') ? dueTime(string(params, 'dueAt')) : '')
const count = (params: Params) =>
  Number(params.count ?? (Array.isArray(params.missing) ? params.missing.length : 0))

const todo =
  (what: () => string, why: (given: { count: number }) => string, action: () => string) =>
  (params: Params): TodoText => ({
    title: m.todo_of({ what: what(), plan: plan(params) }),
    detail: why({ count: count(params) }),
    action: action(),
  })

registerTodoTexts({
  filing_documents: todo(m.filing_todo, m.filing_todo_why, m.filing_todo),
  revision_answers: todo(
    m.revision_todo_answers,
    m.revision_todo_answers_why,
    m.revision_todo_answers_action
  ),
  advice_answers: todo(m.revision_todo_advice, m.revision_todo_advice_why, m.revision_todo_answers_action),
  revision_check: todo(m.revision_todo_check, m.revision_todo_check_why, m.revision_todo_check_action),
})

registerNoticeTexts({
  'filing.opened': (params) => m.filing_notice_opened({ plan: plan(params), time: due(params) }),
  'filing.late': (params) => m.filing_notice_late({ plan: plan(params), count: count(params) }),
  'filing.complete': (params) => m.filing_notice_complete({ plan: plan(params) }),
  'filing.complete_late': (params) => m.filing_notice_complete_late({ plan: plan(params) }),
  'revision_answers.called': (params) =>
    m.revision_notice_called({ plan: plan(params), count: count(params), time: due(params) }),
  'advice_answers.called': (params) =>
    m.revision_notice_called({ plan: plan(params), count: count(params), time: due(params) }),
  'revision.submitted': (params) => m.revision_notice_submitted({ plan: plan(params), time: due(params) }),
  'revision.sent_back': (params) => m.revision_notice_sent_back({ plan: plan(params) }),
  'revision.leader_agreed': (params) =>
    m.revision_notice_agreed({ plan: plan(params), version: version(params) }),
  'revision.changed': (params) => m.revision_notice_changed({ plan: plan(params), version: version(params) }),
  'revision.answers_overdue': (params) => m.revision_notice_answers_overdue({ plan: plan(params) }),
  'revision.check_overdue': (params) => m.revision_notice_check_overdue({ plan: plan(params) }),
  'revision.may_be_built': (params) =>
    m.revision_notice_may({ plan: plan(params), version: version(params) }),
  'revision.failed': (params) => m.revision_notice_failed({ plan: plan(params) }),
})

const faultCount = (params: Params) => (Array.isArray(params.faults) ? params.faults.length : 0)
registerErrorTexts({
  E_FILING_CLOSED: () => m.filing_error_closed(),
  E_ANSWERS_CLOSED: () => m.revision_error_closed(),
  E_ANSWERS_CHANGED: () => m.revision_error_changed(),
  E_ANSWERS_INCOMPLETE: (params) => m.revision_error_incomplete({ count: faultCount(params) }),
  E_REVISED_VERSION_MISSING: () => m.revision_error_version(),
  E_NOTHING_TO_CHECK: () => m.revision_error_nothing(),
  E_DRAFT_CHANGED: () => m.revision_error_draft(),
  E_OPINION_INCOMPLETE: (params) => m.revision_error_opinion({ count: faultCount(params) }),
})

export function itemName(item: Pick<Item, 'kind' | 'number'> | undefined): string {
  if (!item) return ''
  const { number } = item
  return item.kind === 'must_fix' ? m.revision_item_must_fix({ number }) : m.revision_item_advice({ number })
}

const faults: Record<string, (given: { item: string }) => string> = {
  answer_missing: m.revision_fault_answer_missing,
  change_missing: m.revision_fault_change_missing,
  page_missing: m.revision_fault_page_missing,
  page_outside: m.revision_fault_page_outside,
  reason_missing: m.revision_fault_reason_missing,
  not_decided: m.revision_fault_not_decided,
  item_not_judged: m.revision_fault_item_not_judged,
  item_rejected: m.revision_fault_item_rejected,
  opinion_empty: () => m.revision_fault_opinion_empty(),
  nothing_rejected: () => m.revision_fault_nothing_rejected(),
  version_not_the_revision: () => m.revision_fault_version_not_the_revision(),
}

/** What is missing, in one line. */
export function faultText(fault: Fault, items: readonly Item[]): string {
  const item = itemName(items.find(({ id }) => id === fault.item))
  return faults[fault.code]?.({ item }) ?? m.revision_fault_other()
}
