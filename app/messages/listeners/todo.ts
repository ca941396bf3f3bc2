import { addTodoSource } from '#core/home/todo_sources'
import { openFeedback } from '#messages/queries/feedback'

/** More than these at once are no list of things to do. */
const MOST = 20

/** Rule ORG-5: feedback gets an answer. */
addTodoSource(async (actor) => {
  if (actor.kind !== 'system_admin') return []
  return (await openFeedback(MOST)).map((row) => ({
    id: `feedback/${row.id}`,
    kind: 'feedback.answer',
    params: { name: row.name, text: [...row.text].slice(0, 60).join(''), since: row.at.toISOString() },
    href: '/feedback',
    dueAt: null,
  }))
})
