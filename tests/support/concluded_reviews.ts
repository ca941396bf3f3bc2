import { newId } from '#core/ids'
import type { TestInstance } from '#tests/support/cluster'
import { readyPlan, signInHosts } from '#tests/support/draw_life'

const DAY = 86_400_000

/** The civil day so many days ago, YYYY-MM-DD, in the jurisdiction's time. */
export function daysAgo(days: number): string {
  return new Date(Date.now() + 8 * 3_600_000 - days * DAY).toISOString().slice(0, 10)
}

export interface ConcludedReview {
  readonly id: string
  readonly number: string
}

/**
 * given: reviews whose meetings were concluded so many days ago, one each, copies of one that was really asked for.
 * They have what a spot check looks at: number, plan with its works, meeting with one member, and the conclusion.
 */
export async function concludedReviews(
  app: TestInstance,
  ago: readonly number[],
  change: { conclusion?: string; category?: string } = {}
): Promise<ConcludedReview[]> {
  const { conclusion = 'PASS', category } = change
  const plan = await readyPlan(await signInHosts(app.url), `抽查 ${newId().slice(-6)}`)
  const reviews: ConcludedReview[] = []
  for (const [i, days] of ago.entries()) {
    const at = new Date(Date.now() - days * DAY)
    const ids = { plan: newId(), review: newId(), session: newId() }
    const number = `LZ-2031-${newId().slice(-8)}`
    const copy = (table: string, where: string, id: string, set: object) =>
      app.sql.query(
        `INSERT INTO ${table} SELECT (jsonb_populate_record(NULL::${table}, to_jsonb(t) || $2::jsonb)).*
         FROM ${table} t WHERE ${where} = $1`,
        [id, JSON.stringify(set)]
      )
    await copy('plans', 'id', plan.id, {
      id: ids.plan,
      number: `JK-2031-${newId().slice(-8)}`,
      name: `抽查方案 ${i + 1}`,
    })
    const works = await app.sql.query('SELECT id FROM plan_works WHERE plan_id = $1', [plan.id])
    for (const work of works.rows) {
      await copy('plan_works', 'id', work.id, {
        id: newId(),
        plan_id: ids.plan,
        ...(category ? { category } : {}),
      })
    }
    const set = { id: ids.review, plan_id: ids.plan, number, state: 'CONCLUDED', conclusion }
    await copy('reviews', 'id', plan.reviewId, set)
    const version = await app.sql.query('SELECT id FROM plan_versions WHERE plan_id = $1', [plan.id])
    await app.sql.query(
      `INSERT INTO review_sessions (id, review_id, plan_id, version_id, mode, place, phase, stage, delivered_at, scheduled_at,
         started_at, ended_at, revealed_at, scribes, judgements, conclusion, reasons, recording)
       VALUES ($1, $2, $3, $4, 'remote', '', 'ended', 'signing', $5, $5, $5, $5, $5, '[]', '{}', $6, '', 'off')`,
      [ids.session, ids.review, ids.plan, version.rows[0].id, at, conclusion]
    )
    await app.sql.query(
      `INSERT INTO review_transitions (id, review_id, from_state, to_state, event, by_user_id, by_kind, reason, at)
       VALUES ($1, $2, 'READ_OUT', 'CONCLUDED', 'conclude', NULL, 'leader', NULL, $3)`,
      [newId(), ids.review, at]
    )
    reviews.push({ id: ids.review, number })
  }
  return reviews
}
