import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Conclusion, ReviewState } from '#reviews/domain/states'

export interface Review {
  readonly id: string
  /** LZ-year-number, once a review was asked for. */
  readonly number: string | null
  readonly planId: string
  readonly round: number
  readonly state: ReviewState
  readonly stateSince: Date
  readonly reviewRequired: boolean
  readonly conclusion: Conclusion | null
  readonly interrupted: ReviewState | null
  readonly regulation: { id: string; version: string; hash: string } | null
}

export function toReview(row: any): Review {
  return {
    id: row.id,
    number: row.number,
    planId: row.plan_id,
    round: row.round,
    state: row.state,
    stateSince: row.state_since,
    reviewRequired: row.review_required,
    conclusion: row.conclusion,
    interrupted: row.interrupted,
    regulation: row.regulation_id
      ? { id: row.regulation_id, version: row.regulation_version, hash: row.regulation_hash }
      : null,
  }
}

/** Locks the row until the transaction ends. @throws when there is no such review. */
export async function lockReview(trx: TransactionClientContract, id: string): Promise<Review> {
  return toReview(await trx.from('reviews').where('id', id).forUpdate().firstOrFail())
}

export async function reviewById(id: string): Promise<Review | null> {
  const row = await db.from('reviews').where('id', id).first()
  return row ? toReview(row) : null
}

/** The latest round of a plan. */
export async function reviewOfPlan(planId: string, trx?: TransactionClientContract): Promise<Review | null> {
  const row = await (trx ?? db).from('reviews').where('plan_id', planId).orderBy('round', 'desc').first()
  return row ? toReview(row) : null
}

/** Each step so far, oldest first: the audit trail in plain words is made from these. */
export async function transitionsOf(reviewId: string) {
  const rows = await db
    .from('review_transitions')
    .leftJoin('users', 'users.id', 'review_transitions.by_user_id')
    .where('review_id', reviewId)
    .orderBy('at')
    .orderBy('review_transitions.id')
    .select('review_transitions.*', 'users.name as by_name')
  return rows.map((row) => ({
    from: row.from_state as ReviewState,
    to: row.to_state as ReviewState,
    event: row.event as string,
    by: row.by_name as string | null,
    as: row.by_kind as string,
    reason: row.reason as string | null,
    at: row.at.toISOString() as string,
  }))
}
