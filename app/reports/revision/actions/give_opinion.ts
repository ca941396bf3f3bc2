import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { notFound } from '#core/exceptions/refusal'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { fail, ok, type Result } from '#lib/result'
import { clearDeadline } from '#messages/public'
import { advance, lockReview, reviewStream, type AdvanceError, type Review } from '#reviews/public'
import {
  opinionFaults,
  type LeaderOpinion,
  type OpinionFault,
} from '#reports/revision/domain/leader_opinion_is_complete'
import type { RevisionRow, SubmissionRow } from '#reports/revision/models/rows'
import { isLeader, reviewInSight } from '#reports/revision/policies/revision_access'
import { itemsOf, revisionOf, submissionsOf } from '#reports/revision/queries/load_revision'
import { concernedWith, planHead, tell } from '#reports/revision/tell'

export type OpinionError =
  AdvanceError | { code: 'E_NOTHING_TO_CHECK' } | { code: 'E_OPINION_INCOMPLETE'; faults: OpinionFault[] }

/**
 * Rule REP-3: 填写审查意见. The leader judges each must-fix item against the revised version, agrees, or sends it
 * back with reasons. What is written stays; the signed supplement is made from it.
 */
export async function giveOpinion(actor: Actor, reviewId: string, input: LeaderOpinion) {
  await reviewInSight(actor, reviewId)
  return recordResult<{ state: string }, OpinionError>(actor, async (unit) => {
    const review = await lockReview(unit.trx, reviewId)
    const revision = await revisionOf(reviewId, unit.trx)
    if (!revision || !isLeader(actor, revision)) throw notFound()
    const [submission] = await submissionsOf(revision.id, unit.trx)
    if (review.state !== 'REVISION_SUBMITTED' || submission?.number !== input.submission)
      return fail({ code: 'E_NOTHING_TO_CHECK' })
    const items = await itemsOf(revision.id, unit.trx)
    const faults = opinionFaults(items, input, {
      leader: revision.leader_user_id,
      submission,
      by: actor.userId,
    })
    if (faults.length > 0) return fail({ code: 'E_OPINION_INCOMPLETE', faults })
    await unit.insert('leader_opinions', {
      id: newId(),
      submission_id: submission.id,
      decision: input.decision,
      version_sha256: submission.version_sha256,
      text: input.text,
      judged: Object.fromEntries(
        Object.entries(input.judged).filter(([item]) => items.some(({ id }) => id === item))
      ),
      by_user_id: actor.userId,
      at: unit.at,
    })
    await clearDeadline(unit, { objectId: reviewId, kind: 'revision_check' })
    const moved = await move(unit, review, submission, input)
    if (!moved.ok) return moved
    await tellNext(unit, review, revision, submission, input.decision)
    return ok({ state: moved.value.state })
  })
}

function move(
  unit: UnitOfWork,
  review: Review,
  submission: SubmissionRow,
  input: LeaderOpinion
): Promise<Result<Review, AdvanceError>> {
  const agrees = input.decision === 'agree'
  const reasons = Object.values(input.judged).filter(({ agrees: yes }) => yes === false)
  return advance(unit, {
    reviewId: review.id,
    event: agrees ? 'leader_agrees' : 'leader_sends_back',
    as: 'leader',
    reason: agrees
      ? undefined
      : [input.text, ...reasons.map(({ reason }) => reason)].filter(Boolean).join('\n'),
    payload: { submission: submission.id, version: submission.version_id, sha256: submission.version_sha256 },
  })
}

/** Agreed: both reviewers are called and the whole panel learns what changed. Sent back: the contractor learns why. */
async function tellNext(
  unit: UnitOfWork,
  review: Review,
  revision: RevisionRow,
  submission: SubmissionRow,
  decision: LeaderOpinion['decision']
): Promise<void> {
  const plan = await planHead(unit, revision.plan_id)
  const version = await unit.trx.from('plan_versions').where('id', submission.version_id).firstOrFail()
  const { contractor, technicalHeads, panel } = await concernedWith(unit, plan, revision.report_id)
  const params = { plan: plan.name, number: review.number, version: version.number }
  const objectId = review.id
  const href = `/revisions/${review.id}`
  const number = review.number ?? ''
  if (decision === 'send_back') {
    const notice = { userIds: contractor, kind: 'revision.sent_back', params, href, objectId }
    return tell(unit, notice, `论证 ${number} 组长退回修改稿，请看理由。`)
  }
  await tell(
    unit,
    { userIds: contractor, kind: 'revision.leader_agreed', params, href, objectId },
    `论证 ${number} 组长已同意修改稿。`
  )
  const toReview = {
    userIds: technicalHeads,
    kind: 'plan.to_review',
    params: { ...params, number: plan.number },
    href: `/plans/${plan.id}/review`,
    objectId: plan.id,
  }
  await tell(unit, toReview, `方案 ${plan.number} 第 ${version.number} 版等您审核。`)
  const others = panel.filter((userId) => userId !== revision.leader_user_id)
  await tell(
    unit,
    { userIds: others, kind: 'revision.changed', params, href, objectId },
    `论证 ${number} 方案已改为第 ${version.number} 版。`
  )
  unit.entry({
    stream: reviewStream(review.id),
    type: 'revision.panel_told',
    payload: { version: version.id, members: panel.length },
  })
}
