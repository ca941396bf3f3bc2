import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { addTodoSource, type TodoItem } from '#core/home/todo_sources'
import { visiblePlans } from '#plans/policies/visible_plans'
import { approvalKindOf } from '#plans/actions/decide_approval'
import { openApprovals } from '#plans/domain/approvals_follow_in_order'
import { approvalsOf, partiesOf, versionsOf } from '#plans/queries/load_plan'

const PARTS: Readonly<Record<string, string>> = {
  DRAFT: 'plan_draft',
  RETURNED: 'plan_returned',
  SUPERVISING_ENGINEER_REVIEWED: 'plan_to_submit',
}

/** What plans ask of each role: writers and their agency by the review's state, reviewers by the open step. */
addTodoSource(async (actor) => [...(await writersTodo(actor)), ...(await reviewersTodo(actor))])

function plansWithState(actor: Actor, states: readonly string[]) {
  return visiblePlans(actor)
    .join('reviews', 'reviews.plan_id', 'plans.id')
    .whereIn('reviews.state', [...states])
    .whereRaw('reviews.round = (SELECT max(round) FROM reviews r WHERE r.plan_id = plans.id)')
    .orderBy('reviews.state_since')
    .limit(100)
    .select(
      'plans.*',
      'reviews.id as review_id',
      'reviews.state',
      'reviews.conclusion',
      'reviews.state_since'
    )
}

async function writersTodo(actor: Actor): Promise<TodoItem[]> {
  if (actor.kind !== 'organiser' && actor.kind !== 'agency') return []
  const states = actor.kind === 'agency' ? ['SUPERVISING_ENGINEER_REVIEWED'] : Object.keys(PARTS)
  const rows = await plansWithState(actor, states)
  const returned = await returnedPlans(rows.map((row) => row.id))
  return rows.map((row) => ({
    id: `plan/${row.id}/${row.state}`,
    kind: row.state === 'DRAFT' && returned.has(row.id) ? 'plan_returned' : PARTS[row.state]!,
    params: { plan: row.name, number: row.number, since: row.state_since.toISOString() },
    href: `/plans/${row.id}`,
    dueAt: null,
  }))
}

async function returnedPlans(ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .from('plan_versions')
    .distinctOn('plan_id')
    .whereIn('plan_id', [...ids])
    .orderBy('plan_id')
    .orderBy('number', 'desc')
    .select('plan_id', 'state')
  return new Set(rows.filter((row) => row.state === 'returned').map((row) => row.plan_id))
}

async function reviewersTodo(actor: Actor): Promise<TodoItem[]> {
  if (actor.kind !== 'technical_head' && actor.kind !== 'supervising_engineer') return []
  const rows = await plansWithState(actor, ['SELF_CHECKED', 'CONTRACTOR_REVIEWED', 'LEADER_OPINION', 'FILED'])
  const items = await Promise.all(rows.map((row) => reviewerItem(actor, row)))
  return items.filter((item) => item !== null)
}

async function reviewerItem(actor: Actor, row: any): Promise<TodoItem | null> {
  const kind = approvalKindOf(actor, await partiesOf(row.id))
  const [version] = await versionsOf(row.id)
  if (!kind || !version) return null
  const approved = (await approvalsOf([version.id]))
    .filter((one) => one.decision === 'approve')
    .map((one) => one.step)
  const open = openApprovals({
    reviewState: row.state,
    conclusion: row.conclusion,
    versionState: version.state,
    bySubcontractor: row.by_subcontractor,
    approved,
  })
  if (!open.includes(kind)) return null
  return {
    id: `plan/${row.id}/approval/${version.id}`,
    kind: kind === 'supervision' ? 'plan_to_supervise' : 'plan_to_approve',
    params: {
      plan: row.name,
      number: row.number,
      version: version.number,
      since: row.state_since.toISOString(),
    },
    href: `/plans/${row.id}/review`,
    dueAt: null,
  }
}
