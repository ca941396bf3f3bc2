import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { reviewsInSight } from '#reports/revision/policies/revision_access'
import { filingStanding } from '#reports/filing/queries/filing_view'

const MOST = 200

/** Reviews of this person after their meeting: filing, answers, the leader's check; what moved last comes first. */
export async function listRevisions(actor: Actor) {
  const rows = await db
    .from('filings')
    .join('reviews', 'reviews.id', 'filings.review_id')
    .join('plans', 'plans.id', 'filings.plan_id')
    .leftJoin('revisions', 'revisions.review_id', 'filings.review_id')
    .whereIn('filings.review_id', reviewsInSight(actor))
    .orderBy('reviews.state_since', 'desc')
    .orderBy('reviews.id')
    .limit(MOST)
    .select('filings.*', 'reviews.number', 'reviews.state', 'reviews.state_since', 'reviews.conclusion')
    .select('plans.number as plan_number', 'plans.name as plan_name', 'plans.project_name')
    .select('revisions.id as revision_id', 'revisions.answers_due_at')
    .select(
      db.raw(
        `(SELECT s.due_at FROM revision_submissions s WHERE s.revision_id = revisions.id ORDER BY s.number DESC LIMIT 1) AS check_due_at`
      )
    )
  return {
    revisions: await Promise.all(
      rows.map(async (row) => {
        const { missing, state, dueAt } = await filingStanding(row)
        return {
          reviewId: row.review_id,
          number: row.number,
          state: row.state,
          stateSince: row.state_since.toISOString(),
          conclusion: row.conclusion,
          plan: { number: row.plan_number, name: row.plan_name, projectName: row.project_name },
          filing: { missing, state, dueAt },
          opened: row.revision_id !== null,
          dueAt: dueOf(row)?.toISOString() ?? null,
        }
      })
    ),
  }
}

function dueOf(row: {
  state: string
  conclusion: string
  answers_due_at: Date | null
  check_due_at: Date | null
  due_at: Date
}): Date | null {
  if (['CONCLUDED', 'SIGNING', 'REPORT_ISSUED'].includes(row.state)) return row.due_at
  if (row.state === 'REVISING' || (row.state === 'FILED' && row.conclusion === 'PASS'))
    return row.answers_due_at
  return row.state === 'REVISION_SUBMITTED' ? row.check_due_at : null
}
