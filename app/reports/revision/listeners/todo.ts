import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { addTodoSource, type TodoItem } from '#core/home/todo_sources'
import { filingStanding } from '#reports/filing/queries/filing_view'
import { reviewsInSight } from '#reports/revision/policies/revision_access'

const MOST = 100

addTodoSource(async (actor) => {
  if (actor.kind === 'expert') return revisionsToCheck(actor)
  if (actor.kind !== 'organiser' && actor.kind !== 'agency') return []
  const papers = await papersToBring(actor)
  return actor.kind === 'organiser' ? [...papers, ...(await itemsToAnswer(actor))] : papers
})

async function papersToBring(actor: Actor): Promise<TodoItem[]> {
  const rows = await db
    .from('filings')
    .join('reviews', 'reviews.id', 'filings.review_id')
    .join('plans', 'plans.id', 'filings.plan_id')
    .whereIn('filings.review_id', reviewsInSight(actor))
    .whereNull('filings.completed_at')
    .whereIn('reviews.state', ['CONCLUDED', 'SIGNING', 'REPORT_ISSUED'])
    .orderBy('filings.due_at')
    .limit(MOST)
    .select('filings.*', 'reviews.number', 'plans.name as plan_name')
  const items = await Promise.all(
    rows.map(async (row) => {
      const { missing } = await filingStanding(row)
      // The report is the panel's to sign: alone it is nothing that the hosts could bring.
      if (!missing.some((part) => part === 'photographs' || part === 'sign_in_record')) return null
      return {
        id: `filing/${row.review_id}`,
        kind: 'filing_documents',
        params: { plan: row.plan_name, number: row.number, missing, count: missing.length },
        href: `/revisions/${row.review_id}/filing`,
        dueAt: row.due_at.toISOString(),
      }
    })
  )
  return items.filter((item) => item !== null)
}

function revisionRows() {
  return db
    .from('revisions')
    .join('reviews', 'reviews.id', 'revisions.review_id')
    .join('plans', 'plans.id', 'revisions.plan_id')
    .limit(MOST)
    .select('revisions.*', 'reviews.number', 'reviews.state', 'reviews.conclusion', 'plans.name as plan_name')
    .select(db.raw('(SELECT count(*) FROM revision_items i WHERE i.revision_id = revisions.id) AS items'))
}

async function itemsToAnswer(actor: Actor): Promise<TodoItem[]> {
  const rows = await revisionRows()
    .whereIn('revisions.review_id', reviewsInSight(actor))
    .where((or) =>
      or.where('reviews.state', 'REVISING').orWhere((advice) =>
        advice
          .where('reviews.conclusion', 'PASS')
          .whereIn('reviews.state', ['FILED', 'IMPLEMENTABLE'])
          .whereExists((items) =>
            items.from('revision_items').whereColumn('revision_items.revision_id', 'revisions.id')
          )
          .whereNotExists((done) =>
            done.from('revision_submissions').whereColumn('revision_submissions.revision_id', 'revisions.id')
          )
      )
    )
    .orderBy('revisions.answers_due_at')
  return rows.map((row) => ({
    id: `revision/${row.review_id}/answers`,
    kind: row.conclusion === 'PASS' ? 'advice_answers' : 'revision_answers',
    params: { plan: row.plan_name, number: row.number, count: Number(row.items) },
    href: `/revisions/${row.review_id}`,
    dueAt: row.answers_due_at?.toISOString() ?? null,
  }))
}

async function revisionsToCheck(actor: Actor): Promise<TodoItem[]> {
  const rows = await revisionRows()
    .where('revisions.leader_user_id', actor.userId)
    .where('reviews.state', 'REVISION_SUBMITTED')
    .select(
      db.raw(
        '(SELECT s.due_at FROM revision_submissions s WHERE s.revision_id = revisions.id ORDER BY s.number DESC LIMIT 1) AS due_at'
      )
    )
  return rows.map((row) => ({
    id: `revision/${row.review_id}/check`,
    kind: 'revision_check',
    params: { plan: row.plan_name, number: row.number, count: Number(row.items) },
    href: `/revisions/${row.review_id}`,
    dueAt: row.due_at?.toISOString() ?? null,
  }))
}
