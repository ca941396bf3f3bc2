/** Words of the duties of centre, authority and administration; imported once by the frame. */
import { m } from '#paraglide/messages.js'
import { registerErrorTexts } from '../api/error_text.ts'
import { registerNoticeTexts, registerTodoTexts, string } from '../home/texts.ts'
import { factText } from '../supervision/texts.ts'
import type { Fact } from '../supervision/types.ts'

type Params = Record<string, unknown>
const of = (what: string, params: Params) => m.todo_of({ what, plan: string(params, 'plan') })
const facts = (params: Params) =>
  (Array.isArray(params.facts) ? (params.facts as Fact[]) : []).map(factText).join(m.office_between_facts())

registerTodoTexts({
  'draw.check': (params) => ({
    title: of(m.office_todo_check(), params),
    detail: m.office_todo_check_detail({ number: string(params, 'number') }),
    action: m.office_todo_check_action(),
  }),
  'supervision.hidden_danger': (params) => ({
    title: of(m.office_todo_danger(), params),
    detail: m.office_todo_danger_detail(),
    action: m.office_todo_danger_action(),
  }),
  'supervision.look': (params) => ({
    title: of(m.office_todo_look(), params),
    detail: m.office_todo_look_detail({ facts: facts(params) }),
    action: m.office_todo_look_action(),
  }),
  'inspection.close': (params) => ({
    title: of(m.office_todo_close({ number: string(params, 'number') }), params),
    detail: m.office_todo_close_detail(),
    action: m.office_todo_close_action(),
  }),
  'ledger.verify': (params) => ({
    title: m.office_todo_ledger(),
    detail: m.office_todo_ledger_detail({ count: Number(params.size) }),
    action: m.office_todo_ledger_action(),
  }),
  'capacities.confirm': (params) => ({
    title: m.office_todo_capacities(),
    detail: m.office_todo_capacities_detail({ count: Number(params.count), name: string(params, 'name') }),
    action: m.office_todo_capacities_action(),
  }),
  'feedback.answer': (params) => ({
    title: m.office_todo_feedback({ name: string(params, 'name') }),
    detail: string(params, 'text'),
    action: m.office_todo_feedback_action(),
  }),
})

registerNoticeTexts({ 'feedback.answered': () => m.office_notice_feedback() })

registerErrorTexts({
  E_OWN_CAPACITY: () => m.office_error_own_capacity(),
  E_CAPACITY_ENDED: () => m.office_error_capacity_ended(),
  E_CONFIRMED: () => m.office_error_confirmed(),
  E_FEEDBACK_ANSWERED: () => m.office_error_answered(),
})
