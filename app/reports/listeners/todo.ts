import db from '@adonisjs/lucid/services/db'
import { addTodoSource, type TodoItem } from '#core/home/todo_sources'

/** What reports ask of experts: the leader to read a text over and have it certified, every member to sign. */
addTodoSource(async (actor) => {
  if (actor.kind !== 'expert') return []
  const { rows } = await db.rawQuery(
    `SELECT reports.id, reports.state, member.role, signed.id AS signed, plans.name AS plan_name, reviews.number, due.due_at
     FROM report_members member
       JOIN reports ON reports.id = member.report_id AND reports.state IN ('writing', 'signing')
       JOIN reviews ON reviews.id = reports.review_id AND reviews.state IN ('CONCLUDED', 'SIGNING')
       JOIN plans ON plans.id = reports.plan_id
       LEFT JOIN report_editions edition ON edition.report_id = reports.id AND edition.number = reports.edition
       LEFT JOIN report_revisions signed ON signed.edition_id = edition.id AND signed.member_id = member.id
       LEFT JOIN deadlines due ON due.object_id = reports.id::text AND due.user_id = member.user_id AND due.done_at IS NULL
     WHERE member.user_id = ?`,
    [actor.userId]
  )
  return rows.flatMap(itemOf)
})

function itemOf(row: any): TodoItem[] {
  const base = {
    id: `report/${row.id}/${row.state}`,
    params: { plan: row.plan_name, number: row.number },
    dueAt: row.due_at?.toISOString() ?? null,
  }
  if (row.state === 'writing')
    return row.role === 'leader' ? [{ ...base, kind: 'report_to_write', href: `/reports/${row.id}` }] : []
  return row.signed ? [] : [{ ...base, kind: 'report_to_sign', href: `/reports/${row.id}/sign` }]
}
