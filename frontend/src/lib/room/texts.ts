/** Words of the meetings' work and messages; imported once by the frame, so that every page has them. */
import { m } from '#paraglide/messages.js'
import { registerNoticeTexts, registerTodoTexts, string, type TodoText } from '../home/texts.ts'
import { dateTime } from '../ui/format.ts'
import './refusal_texts.ts'

type Params = Record<string, unknown>

const todo =
  (what: () => string, detail: () => string, action: () => string, timed = false) =>
  (params: Params): TodoText => ({
    title: m.todo_of({ what: what(), plan: string(params, 'plan') }),
    detail: detail(),
    action: action(),
    at: timed ? string(params, 'at') || undefined : undefined,
  })
const notice = (text: (given: { plan: string; time: string }) => string) => (params: Params) => {
  const at = string(params, 'at')
  return text({ plan: string(params, 'plan'), time: at ? dateTime(at) : '' })
}

registerTodoTexts({
  'opinions.hand_in': todo(m.todo_opinions, m.todo_opinions_detail, m.room_read_plan),
  'meeting.attend': todo(m.todo_session, m.room_todo_attend_detail, m.todo_session_action, true),
  'meeting.begins': todo(m.todo_session, m.room_todo_attend_detail, m.todo_session_action, true),
  'meeting.is_on': todo(m.room_todo_on, m.room_todo_on_detail, m.room_enter),
  'meeting.schedule_again': todo(m.room_todo_again, m.room_todo_again_detail, m.room_schedule),
})
registerNoticeTexts({
  'meeting.scheduled': notice(m.room_notice_scheduled),
  'meeting.invited': notice(m.room_notice_invited),
  'opinions.hand_in': notice(m.room_notice_hand_in),
})
