import db from '@adonisjs/lucid/services/db'
import { SYSTEM_ACTOR } from '#core/actor'
import { newId } from '#core/ids'
import { regulation } from '#core/jurisdiction'
import { record, type UnitOfWork } from '#ledger/public'
import { notify } from '#messages/public'
import { peopleOf, staffOf } from '#identity/public'
import { planForDraw, submittedVersion } from '#plans/public'
import { lockReview, reviewById, reviewStream, type Review } from '#reviews/public'
import { nearnessOf, type Nearness } from '#draw/domain/plan_is_near_another'
import { contentOf, keepSketch, type Contents } from '#draw/near_plans/plan_content'
import { earlierPlans } from '#draw/near_plans/earlier_plans'
import { lineOf } from '#draw/near_plans/plan_line'

const SUBMITTED = ['SUBMITTED', 'FORM_CHECKED']

/**
 * Rule DRAW-6. Holds a submitted plan against all that were submitted before it, by parameters, site, parties
 * and words; each that is near becomes a question to the management centre, which the draw waits for. Once for
 * a version; one comparison at a time, so that of two plans submitted at once the second sees the first.
 */
export async function compareWithEarlierPlans(reviewId: string): Promise<void> {
  if (await isCompared(reviewId)) return
  await record(SYSTEM_ACTOR, async (unit) => {
    await unit.trx.rawQuery("SELECT pg_advisory_xact_lock(hashtext('plan_comparisons'))")
    const review = await lockReview(unit.trx, reviewId)
    if (!SUBMITTED.includes(review.state)) return
    const version = await submittedVersion(review.planId, unit.trx)
    if (!version || (await unit.trx.from('plan_comparisons').where('version_id', version.id).first())) return
    const own = (await contentOf(unit.trx, review.planId, version))!
    const sketch = await keepSketch(unit.trx, own)
    const inForce = await regulation()
    const { planIds, compared } = await earlierPlans(unit.trx, own, sketch, inForce)
    let near = 0
    for (const planId of planIds) {
      const earlier = (await contentOf(unit.trx, planId))!
      const nearness = nearnessOf(own, earlier, inForce)
      if (nearness.why && (await ask(unit, review, own, earlier, nearness))) near += 1
    }
    const row = { id: newId(), plan_id: own.planId, version_id: version.id, compared, near, at: unit.at }
    await unit.insert('plan_comparisons', row)
    unit.entry({
      stream: reviewStream(review.id),
      type: 'plan.compared',
      payload: { plan: own.planId, version: version.id, sha256: version.sha256, compared, near },
    })
    if (near > 0) await tell(unit, review)
  })
}

/** Spares the many who press a button the lock. */
async function isCompared(reviewId: string): Promise<boolean> {
  const review = await reviewById(reviewId)
  const version = review && (await submittedVersion(review.planId))
  return !!version && (await db.from('plan_comparisons').where('version_id', version.id).first()) !== null
}

/** One question for each earlier plan; one that was asked before, of either of the two, keeps its answer. */
async function ask(
  unit: UnitOfWork,
  review: Review,
  own: Contents,
  earlier: Contents,
  nearness: Nearness
): Promise<boolean> {
  const line = await lineOf(unit.trx, earlier.planId)
  // Under one key the two are one plan already.
  if (line === null || line === (await lineOf(unit.trx, own.planId))) return false
  const asked = await unit.trx
    .from('near_plans')
    .where({ plan_id: own.planId, earlier_line: line })
    .orWhere({ plan_id: earlier.planId, earlier_plan_id: own.planId })
    .first()
  if (asked) return false
  const found = {
    text_percent: nearness.textPercent,
    same_site: nearness.sameSite,
    near_parameters: nearness.nearParameters,
    common_parties: nearness.commonParties,
  }
  await unit.insert('near_plans', {
    id: newId(),
    plan_id: own.planId,
    review_id: review.id,
    version_id: own.version.id,
    earlier_plan_id: earlier.planId,
    earlier_version_id: earlier.version.id,
    earlier_line: line,
    ...found,
    found_at: unit.at,
    state: 'open',
  })
  unit.entry({
    stream: reviewStream(review.id),
    type: 'plan.near_another',
    payload: { plan: own.planId, earlier: earlier.planId, why: nearness.why, ...found },
  })
  return true
}

async function tell(unit: UnitOfWork, review: Review): Promise<void> {
  const plan = await planForDraw(unit.trx, review.planId)
  const notice = { params: { plan: plan.name, number: plan.number }, objectId: review.id }
  const centre = (await staffOf('centre')).map(({ userId }) => userId)
  await notify(unit, { ...notice, userIds: centre, kind: 'near_plan.found', href: '/draws/near' })
  const hosts = [
    ...(await peopleOf(plan.organisationId, ['organiser'])),
    ...(plan.agencyId ? await peopleOf(plan.agencyId, ['agency']) : []),
  ].map(({ userId }) => userId)
  await notify(unit, {
    ...notice,
    userIds: hosts,
    kind: 'near_plan.waits',
    href: `/draws/start/${review.id}`,
  })
}

/** Makes the sketches that are missing: of plans submitted before plans were compared. */
export async function sketchSubmittedPlans(): Promise<void> {
  const missing = await db.rawQuery(
    `SELECT DISTINCT ON (v.plan_id) v.* FROM plan_versions v JOIN reviews r ON r.plan_id = v.plan_id
     WHERE r.number IS NOT NULL AND v.state = 'approved'
       AND NOT EXISTS (SELECT 1 FROM plan_sketches s WHERE s.plan_id = v.plan_id)
     ORDER BY v.plan_id, v.number DESC`
  )
  for (const version of missing.rows) {
    await db.transaction(async (trx) => {
      const content = await contentOf(trx, version.plan_id, version)
      await keepSketch(trx, content!)
    })
  }
}
