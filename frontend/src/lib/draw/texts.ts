/** The draw's words for work, messages and refusals; imported once by the frame of signed-in pages. */
import { m } from '#paraglide/messages.js'
import { registerErrorTexts } from '../api/error_text.ts'
import { registerNoticeTexts, registerTodoTexts, string, type TodoText } from '../home/texts.ts'
import { dateTime } from '../ui/format.ts'
import { modeTexts } from './words.ts'

type Params = Record<string, unknown>
const plan = (params: Params) => string(params, 'plan')
const seat = (params: Params) => string(params, 'seat')
const draw = (params: Params) => string(params, 'number')
const at = (params: Params, key: string) => (string(params, key) ? dateTime(string(params, key)) : '')

const invitation = (params: Params): TodoText => ({
  title: m.todo_of({ what: m.todo_invitation(), plan: plan(params) }),
  detail: at(params, 'meetingAt')
    ? m.todo_invitation_detail({
        at: at(params, 'meetingAt'),
        mode: modeTexts[string(params, 'mode')]?.() ?? '',
      })
    : undefined,
  action: m.todo_invitation_action(),
})

registerTodoTexts({
  'invitation.answer': invitation,
  invitation_answer: invitation,
  'draw.start': (params) => ({
    title: m.todo_of({ what: m.draw_todo_start(), plan: plan(params) }),
    detail: m.draw_todo_start_detail(),
    action: m.draw_start(),
  }),
  'draw.invite': (params) => ({
    title: m.todo_of({ what: m.draw_todo_invite(), plan: plan(params) }),
    detail: m.draw_todo_invite_detail(),
    action: m.draw_todo_invite(),
  }),
  'draw.confirm_panel': (params) => ({
    title: m.todo_of({ what: m.draw_todo_panel(), plan: plan(params) }),
    detail: m.draw_todo_panel_detail({ count: Number(params.accepted ?? 0) }),
    action: m.draw_todo_panel(),
  }),
})

registerTodoTexts({
  'near_plan.answer': (params) => ({
    title: m.todo_of({ what: m.near_todo(), plan: plan(params) }),
    detail: m.near_todo_detail(),
    action: m.near_todo_action(),
  }),
})

registerNoticeTexts({
  'near_plan.found': (params) => m.near_notice_found({ plan: plan(params) }),
  'near_plan.waits': (params) => m.near_notice_waits({ plan: plan(params) }),
  'near_plan.same': (params) => m.near_notice_same({ plan: plan(params) }),
  'near_plan.different': (params) => m.near_notice_different({ plan: plan(params) }),
  'invitation.received': (params) =>
    m.draw_notice_invited({ plan: plan(params), time: at(params, 'meetingAt'), due: at(params, 'dueAt') }),
  'invitation.called_off': (params) => m.draw_notice_called_off({ plan: plan(params) }),
  'invitation.accepted': (params) => m.draw_notice_accepted({ number: draw(params), seat: seat(params) }),
  'invitation.decline': (params) => m.draw_notice_declined({ number: draw(params), seat: seat(params) }),
  'invitation.recuse': (params) => m.draw_notice_recused({ number: draw(params), seat: seat(params) }),
  'invitation.withdraw': (params) => m.draw_notice_withdrew({ number: draw(params), seat: seat(params) }),
  'invitation.no_answer': (params) => m.draw_notice_no_answer({ number: draw(params), seat: seat(params) }),
  'invitation.given_up': (params) => m.call_notice_passed({ plan: plan(params) }),
  'call.in_vain': (params) => m.call_notice_in_vain({ plan: plan(params), number: draw(params) }),
  'call.said': (params) => m.call_notice_said({ plan: plan(params) }),
  'call.last': (params) =>
    m.call_notice_last({ plan: plan(params), number: draw(params), minutes: string(params, 'minutes') }),
  'call.given_up': (params) => m.call_notice_given_up({ plan: plan(params) }),
  'call.not_reached': (params) =>
    m.call_notice_not_reached({
      number: draw(params),
      seat: seat(params),
      minutes: string(params, 'minutes'),
    }),
  'call.contradicted': (params) => m.call_notice_contradicted({ number: draw(params), seat: seat(params) }),
  'draw.completed': (params) => m.draw_notice_drawn({ number: draw(params) }),
  'draw.refilled': (params) =>
    m.draw_notice_refilled({ number: draw(params), seat: seat(params), by: string(params, 'by') }),
  'draw.not_refilled': (params) => m.draw_notice_not_refilled({ number: draw(params), seat: seat(params) }),
  'panel.confirmed': (params) =>
    m.draw_notice_panel_confirmed({ plan: plan(params), time: at(params, 'meetingAt') }),
  'panel.not_chosen': (params) => m.draw_notice_not_chosen({ plan: plan(params) }),
  'panel.alternate_stepped_in': (params) =>
    m.draw_notice_stepped_in({ number: draw(params), seat: seat(params), for: string(params, 'for') }),
  'panel.you_step_in': (params) => m.draw_notice_you_step_in({ number: draw(params) }),
  'panel.broken': (params) => m.draw_notice_panel_broken({ number: draw(params) }),
})

registerErrorTexts({
  E_DRAW_NEAR_PLAN_OPEN: () => m.error_near_open(),
  E_PLAN_DRAWN: () => m.error_near_drawn(),
  E_LEDGER_NOT_COSIGNED: () => m.error_ledger_not_cosigned(),
  E_DRAW_WITNESS: (params) =>
    params.why === 'witness_key_changed' ? m.error_draw_witness_key() : m.error_draw_witness(),
  E_DRAW_POOL_TOO_SMALL: (params) =>
    m.error_draw_pool({ eligible: string(params, 'eligible'), need: string(params, 'need') }),
  E_DRAW_CAPS_INFEASIBLE: (params) =>
    m.error_draw_caps({ reachable: string(params, 'reachable'), need: string(params, 'need') }),
  E_DRAW_QUOTAS_INFEASIBLE: (params) =>
    m.error_draw_quotas({ reachable: string(params, 'reachable'), need: string(params, 'need') }),
  E_DRAW_TOO_MANY_SPECIALTIES: (params) =>
    m.draw_short_specialties({
      specialties: string(params, 'specialties'),
      limit: string(params, 'limit'),
    }),
  E_DRAW_TOO_FEW_SETS: (params) => m.error_draw_sets({ sets: string(params, 'sets') }),
  E_DRAW_PLAN_IDENTITY: () => m.error_draw_identity(),
  E_DRAW_OF_ANOTHER_ORGANISER: (params) => m.error_draw_other_organiser({ number: draw(params) }),
  E_PLAN_ALREADY_DRAWN: (params) => m.error_draw_plan_drawn({ number: draw(params) }),
  E_DRAW_PLAN_LOOKS_DRAWN: (params) =>
    m.error_draw_looks_drawn({ number: draw(params), part: string(params, 'part') }),
  E_DRAW_ROUND_BEFORE_UNKNOWN: (params) => m.error_draw_round_unknown({ round: string(params, 'round') }),
  E_DRAW_ROUND_NOT_FAILED: (params) =>
    m.error_draw_round_not_failed({ number: draw(params), round: string(params, 'round') }),
  E_REVIEW_STATE: () => m.error_draw_state(),
  E_TOO_FEW_INVITED: (params) =>
    m.error_too_few_invited({ have: string(params, 'have'), need: string(params, 'need') }),
  E_MEETING_MISSING: () => m.error_meeting_missing(),
  E_MEETING_TOO_EARLY: (params) => m.error_meeting_too_early({ earliest: at(params, 'earliest') }),
  E_MEETING_FIXED: () => m.error_meeting_fixed(),
  E_PANEL_INVALID: () => m.error_panel_invalid(),
  E_PLACE_STATE: () => m.error_place_state(),
  E_INVITATION_CLOSED: () => m.error_invitation_closed(),
  E_ANSWER_LATE: (params) => m.error_answer_late({ due: at(params, 'dueAt') }),
  E_REASON_MISSING: () => m.error_reason_missing(),
  E_CALL_TOO_SOON: (params) => m.error_call_soon({ earliest: at(params, 'earliest') }),
  E_CALL_AT_NIGHT: (params) =>
    m.error_call_night({ opens: string(params, 'opens'), closes: string(params, 'closes') }),
  E_CALLS_USED_UP: (params) => m.error_calls_used_up({ need: string(params, 'need') }),
  E_CALL_WAITS_FOR_EXPERT: () => m.error_call_waits(),
  E_CONTACT_NOT_OPEN: () => m.error_contact_closed(),
  E_CALL_ANSWERED: () => m.error_call_answered(),
  E_LINK_UNKNOWN: () => m.error_link_unknown(),
  E_LINK_USED: () => m.error_link_used(),
  E_LINK_EXPIRED: () => m.error_link_expired(),
})
