import { addTodoSource, type TodoItem } from '#core/home/todo_sources'
import { sessionsOf } from '#sessions/queries/overview'

const WAITING = ['pre_review', 'scheduled']
const ON = ['in_session', 'paused', 'deliberation', 'read_out']

/** Opinions to hand in, a meeting to come to, a meeting that is on. */
addTodoSource(async (actor) => {
  if (actor.kind === 'centre' || actor.kind === 'authority') return []
  const sessions = await sessionsOf(actor)
  return sessions.flatMap((session): TodoItem[] => {
    const { reviewId, planName, scheduledAt, phase, role, complete } = session
    const params = { plan: planName, at: scheduledAt }
    const seated = role === 'leader' || role === 'expert' || role === 'alternate'
    const items: TodoItem[] = []
    if (seated && !complete && WAITING.includes(phase)) {
      items.push({
        id: `hand-in/${reviewId}`,
        kind: 'opinions.hand_in',
        params,
        href: `/reviews/${reviewId}/opinions`,
        dueAt: scheduledAt || null,
      })
    }
    if (WAITING.includes(phase) && scheduledAt) {
      items.push({
        id: `meeting/${reviewId}`,
        kind: 'meeting.attend',
        params,
        href: `/meetings/${reviewId}`,
        dueAt: scheduledAt,
      })
    }
    if (ON.includes(phase)) {
      items.push({
        id: `meeting/${reviewId}`,
        kind: 'meeting.is_on',
        params,
        href: `/meetings/${reviewId}`,
        dueAt: scheduledAt || null,
      })
    }
    if (role === 'host' && phase === 'adjourned') {
      items.push({
        id: `schedule/${reviewId}`,
        kind: 'meeting.schedule_again',
        params,
        href: `/meetings/${reviewId}`,
        dueAt: null,
      })
    }
    return items
  })
})
