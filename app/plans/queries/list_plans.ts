import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { visiblePlans } from '#plans/policies/visible_plans'

export interface PlanFilter {
  readonly search: string
  readonly states: readonly string[]
  readonly page: number
  readonly perPage: number
}

/** The plans of this person, the ones that moved last first; search in number, name and project. */
export async function listPlans(actor: Actor, { search, states, page, perPage }: PlanFilter) {
  const query = visiblePlans(actor)
    .join('reviews', 'reviews.plan_id', 'plans.id')
    .whereRaw('reviews.round = (SELECT max(round) FROM reviews r WHERE r.plan_id = plans.id)')
    .join('organisations', 'organisations.id', 'plans.organisation_id')
  if (search) {
    const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`
    query.where((or) =>
      or
        .whereILike('plans.number', like)
        .orWhereILike('plans.name', like)
        .orWhereILike('plans.project_name', like)
    )
  }
  if (states.length > 0) query.whereIn('reviews.state', [...states])
  const [{ count }] = await query.clone().count('* as count')
  const rows = await query
    .orderBy('reviews.state_since', 'desc')
    .orderBy('plans.id')
    .offset((page - 1) * perPage)
    .limit(perPage)
    .select(
      'plans.*',
      'reviews.id as review_id',
      'reviews.state',
      'reviews.state_since',
      'organisations.name as organisation_name'
    )
    .select(
      db.raw(
        '(SELECT array_agg(category ORDER BY position) FROM plan_works w WHERE w.plan_id = plans.id) AS categories'
      )
    )
    .select(
      db.raw(
        "(SELECT max(number) FROM plan_versions v WHERE v.plan_id = plans.id AND (v.state <> 'draft' OR plans.organisation_id = ?)) AS version",
        [actor.organisationId ?? null] as any
      )
    )
  return {
    total: Number(count),
    page,
    perPage,
    plans: rows.map((row) => ({
      id: row.id,
      number: row.number,
      name: row.name,
      projectName: row.project_name,
      organisation: row.organisation_name,
      categories: row.categories ?? [],
      hazardous: row.hazardous,
      reviewRequired: row.review_required,
      reviewId: row.review_id,
      state: row.state,
      stateSince: row.state_since.toISOString(),
      version: row.version,
    })),
  }
}
