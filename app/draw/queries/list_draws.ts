import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { planFacts, plansReadyToDraw } from '#draw/plan_facts'

/** Draws that this person's capacity may see, newest first; the organiser's own or delegated, staff all. */
export async function listDraws(actor: Actor, limit = 200) {
  const supervisor = ['centre', 'authority', 'auditor'].includes(actor.kind)
  const query = db
    .from('draws')
    .join('reviews', 'reviews.id', 'draws.review_id')
    .orderBy('draws.committed_at', 'desc')
    .limit(limit)
    .select('draws.*', 'reviews.state as review_state')
    .select(
      db.raw(
        "(SELECT count(*) FROM draw_seats s WHERE s.draw_id = draws.id AND s.state IN ('ACCEPTED', 'PANEL', 'ALTERNATE')) AS accepted"
      ),
      db.raw(
        "(SELECT count(*) FROM draw_seats s WHERE s.draw_id = draws.id AND s.state = 'INVITED') AS waiting"
      )
    )
  if (!supervisor) {
    const column = actor.kind === 'agency' ? 'draws.agency_id' : 'draws.organiser_id'
    query.where(column, actor.organisationId!)
  }
  const rows = await query
  const draws = await Promise.all(
    rows.map(async (row) => {
      const plan = await planFacts(row.plan_id)
      return {
        id: row.id as string,
        number: row.number as string,
        status: row.status as string,
        reviewState: row.review_state as string,
        planNumber: plan.number,
        planName: plan.name,
        organiser: plan.organiser.name,
        committedAt: row.committed_at.toISOString() as string,
        meetingAt: (row.meeting_at?.toISOString() ?? null) as string | null,
        eligible: row.eligible_count as number,
        accepted: Number(row.accepted),
        waiting: Number(row.waiting),
      }
    })
  )
  return { draws, ready: supervisor ? [] : await readyToDraw(actor) }
}

/** Plans whose form check is done and whose draw waits for this organiser or agency. */
export async function readyToDraw(actor: Actor) {
  const ready = await plansReadyToDraw(actor.organisationId!)
  const plans = await Promise.all(
    ready.map(async ({ reviewId, planId }) => ({ reviewId, plan: await planFacts(planId) }))
  )
  const drawn = await db
    .from('draws')
    .whereIn(
      'review_id',
      ready.map(({ reviewId }) => reviewId)
    )
    .select('review_id')
  const taken = new Set(drawn.map(({ review_id }) => review_id))
  const asked = await db
    .from('near_plans')
    .where('state', 'open')
    .whereIn(
      'plan_id',
      ready.map(({ planId }) => planId)
    )
    .select('plan_id')
  const waiting = new Set(asked.map(({ plan_id }) => plan_id))
  return plans
    .filter(({ reviewId }) => !taken.has(reviewId))
    .map(({ reviewId, plan }) => ({
      reviewId,
      planNumber: plan.number,
      planName: plan.name,
      projectName: plan.projectName,
      /** DRAW-6: the centre has yet to say whether it is an earlier plan. */
      waitsForCentre: waiting.has(plan.planId),
    }))
}
