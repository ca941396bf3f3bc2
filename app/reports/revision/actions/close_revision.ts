import type { UnitOfWork } from '#ledger/public'
import { reviewStream, type Review } from '#reviews/public'
import { clearAnswerDeadlines } from '#reports/revision/actions/call_for_answers'
import type { RevisionRow } from '#reports/revision/models/rows'
import { itemsOf, submissionsOf } from '#reports/revision/queries/load_revision'
import { concernedWith, planHead, tell } from '#reports/revision/tell'

/**
 * Rule REP-6: a version may be built, so everyone is told which. Where advice is not answered yet (a changed plan
 * was approved first, REP-10) the answers stay due. After 不通过 the contractor learns what comes next (REP-4).
 */
export async function closeRevision(unit: UnitOfWork, review: Review, revision: RevisionRow): Promise<void> {
  if (revision.closed_at) return
  const plan = await planHead(unit, revision.plan_id)
  const concerned = await concernedWith(unit, plan, revision.report_id)
  const { contractor, technicalHeads, supervisors, owners, panel } = concerned
  await unit.update('revisions', revision.id, { closed_at: unit.at })
  unit.entry({
    stream: reviewStream(review.id),
    type: 'revision.closed',
    payload: { revision: revision.id, state: review.state },
  })
  if (await everythingIsAnswered(unit, review, revision)) await clearAnswerDeadlines(unit, review.id)
  if (review.state === 'CLOSED') {
    const params = { plan: plan.name, number: review.number }
    const notice = {
      userIds: contractor,
      kind: 'revision.failed',
      params,
      href: `/plans/${plan.id}`,
      objectId: review.id,
    }
    return tell(unit, notice, `论证 ${review.number ?? ''} 不通过，须改版后重新论证。`)
  }
  const built = await unit.trx
    .from('plan_versions')
    .join('plans', 'plans.implementable_version_id', 'plan_versions.id')
    .where('plans.id', plan.id)
    .select('plan_versions.number', 'plan_versions.site_code')
    .firstOrFail()
  const notice = {
    userIds: [...contractor, ...technicalHeads, ...supervisors, ...owners, ...panel],
    kind: 'revision.may_be_built',
    params: { plan: plan.name, number: review.number, version: built.number, siteCode: built.site_code },
    href: `/site/${built.site_code}`,
    objectId: review.id,
  }
  await tell(unit, notice, `方案 ${plan.number} 第 ${built.number} 版可以施工。`)
}

async function everythingIsAnswered(
  unit: UnitOfWork,
  review: Review,
  revision: RevisionRow
): Promise<boolean> {
  if (review.state === 'CLOSED') return true
  const items = await itemsOf(revision.id, unit.trx)
  return items.length === 0 || (await submissionsOf(revision.id, unit.trx)).length > 0
}
