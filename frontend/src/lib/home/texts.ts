import { m } from '#paraglide/messages.js'
import { dateTime } from '../ui/format.ts'

type Params = Record<string, unknown>

export interface TodoText {
  /** 答复邀请：文体中心高支模. */
  title: string
  detail?: string
  /** Verb and object on its button. */
  action: string
  /** An appointment, ISO: its time is the figure of the page. */
  at?: string
}

export const string = (params: Params, key: string): string => {
  const value = params[key]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

const modes: Record<string, () => string> = {
  remote: m.mode_remote,
  on_site: m.mode_on_site,
  mixed: m.mode_mixed,
}
const mode = (params: Params) => modes[string(params, 'mode')]?.() ?? ''
const of = (what: string, params: Params) => {
  const plan = string(params, 'plan') || string(params, 'project')
  return plan ? m.todo_of({ what, plan }) : what
}

/** A kind whose words need nothing but the plan's name. */
const simple =
  (what: () => string, detail: () => string, action: () => string = what) =>
  (params: Params): TodoText => ({
    title: of(what(), params),
    detail: detail(),
    action: action(),
  })

const todoTexts: Record<string, (params: Params) => TodoText> = {
  invitation: (params) => ({
    title: of(m.todo_invitation(), params),
    detail: string(params, 'at')
      ? m.todo_invitation_detail({ at: dateTime(string(params, 'at')), mode: mode(params) })
      : undefined,
    action: m.todo_invitation_action(),
  }),
  session: (params) => ({
    title: of(m.todo_session(), params),
    detail: m.todo_session_detail({ mode: mode(params) }),
    action: m.todo_session_action(),
    at: string(params, 'at') || undefined,
  }),
  opinions: simple(m.todo_opinions, m.todo_opinions_detail, m.todo_opinions_action),
  report: simple(m.todo_report, m.todo_report_detail, m.todo_report_action),
  revision: simple(m.todo_revision, m.todo_revision_detail),
  plan: simple(m.todo_plan, m.todo_plan_detail, m.todo_plan_action),
  approval: simple(m.todo_approval, m.todo_approval_detail),
  draw: simple(m.todo_draw, m.todo_draw_detail),
  panel: simple(m.todo_panel, m.todo_panel_detail),
  answers: simple(m.todo_answers, m.todo_answers_detail),
  documents: simple(m.todo_documents, m.todo_documents_detail),
}

const noticeTexts: Record<string, (params: Params) => string> = {}

/** A module adds the words of its kinds of work, once, from its own file under src/lib. */
export function registerTodoTexts(more: Record<string, (params: Params) => TodoText>): void {
  Object.assign(todoTexts, more)
}

export function registerNoticeTexts(more: Record<string, (params: Params) => string>): void {
  Object.assign(noticeTexts, more)
}

export function todoText(item: { kind: string; params: Params }): TodoText {
  const known = todoTexts[item.kind]
  if (known) return known(item.params)
  return { title: of(m.todo_other(), item.params), action: m.todo_open() }
}

/** A message in one sentence; `reminder.<kind>` speaks of the work of that kind. */
export function noticeText(notice: { kind: string; params: Params }): string {
  const known = noticeTexts[notice.kind]
  if (known) return known(notice.params)
  const reminded = notice.kind.startsWith('reminder.') ? notice.kind.slice('reminder.'.length) : null
  const dueAt = string(notice.params, 'dueAt')
  if (reminded && dueAt) {
    return m.notice_reminder({
      what: todoText({ kind: reminded, params: notice.params }).title,
      time: dateTime(dueAt),
    })
  }
  return todoTexts[notice.kind] ? todoTexts[notice.kind]!(notice.params).title : m.notice_other()
}
