import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { visibleReports } from '#reports/policies/visible_reports'

const MOST = 200

/** Reports that this person may see, the newest first; `reviewId` narrows to one review. */
export async function listReports(actor: Actor, reviewId?: string) {
  const query = visibleReports(actor)
    .join('reviews', 'reviews.id', 'reports.review_id')
    .join('plans', 'plans.id', 'reports.plan_id')
    .orderBy('reports.created_at', 'desc')
    .limit(MOST)
    .select(
      'reports.*',
      'reviews.number',
      'reviews.round',
      'reviews.conclusion',
      'plans.name as plan_name',
      'plans.project_name'
    )
    .select(signedSoFar().as('signed'), members().as('members'))
  if (reviewId) query.where('reports.review_id', reviewId)
  const rows = await query
  return rows.map((row) => ({
    id: row.id as string,
    reviewId: row.review_id as string,
    planId: row.plan_id as string,
    number: row.number as string,
    round: row.round as number,
    planName: row.plan_name as string,
    projectName: row.project_name as string,
    state: row.state as string,
    conclusion: row.conclusion as string | null,
    signed: Number(row.signed),
    members: Number(row.members),
    createdAt: row.created_at.toISOString() as string,
    issuedAt: (row.issued_at?.toISOString() ?? null) as string | null,
  }))
}

function signedSoFar() {
  return db
    .from('report_revisions')
    .join('report_editions', 'report_editions.id', 'report_revisions.edition_id')
    .whereColumn('report_editions.report_id', 'reports.id')
    .whereColumn('report_editions.number', 'reports.edition')
    .whereNull('report_editions.superseded_at')
    .whereNotNull('report_revisions.member_id')
    .count('*')
}

function members() {
  return db.from('report_members').whereColumn('report_members.report_id', 'reports.id').count('*')
}
