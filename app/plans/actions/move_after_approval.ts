import { ok, type Result } from '#lib/result'
import { notify } from '#messages/public'
import { peopleOf } from '#identity/public'
import type { UnitOfWork } from '#ledger/public'
import { advance, type AdvanceError, type Review, type ReviewActor } from '#reviews/public'
import type { Decision } from '#plans/actions/decide_approval'
import type { ApprovalStep } from '#plans/domain/approvals_follow_in_order'
import type { PartyRow, PlanRow, VersionRow } from '#plans/models/rows'

interface Approved {
  readonly plan: PlanRow
  readonly parties: readonly PartyRow[]
  readonly review: Review
  readonly version: VersionRow
  readonly input: Decision
  readonly step: ApprovalStep
}

/** What an approval or a return sets off: the review moves, the next person is told, a version may be built. */
export async function moveAfterApproval(
  unit: UnitOfWork,
  done: Approved
): Promise<Result<Review, AdvanceError>> {
  const { review, input, step } = done
  const as: ReviewActor = input.kind === 'supervision' ? 'chief_supervisor' : 'contractor_technical_head'
  let moved = review
  if (step.event) {
    const reason = input.decision === 'return' ? input.reasons.join('\n') : undefined
    const result = await advance(unit, {
      reviewId: review.id,
      event: step.event,
      as,
      reason,
      payload: { version: done.version.id },
    })
    if (!result.ok) return result
    moved = result.value
  }
  const released = await releaseWhatMayBeBuilt(unit, done, moved)
  if (!released.ok) return released
  await tell(unit, done)
  return released
}

/** PLAN-9, REP-6: approved and in need of no review, or approved again after one: it may be built. */
async function releaseWhatMayBeBuilt(
  unit: UnitOfWork,
  { plan, version, step }: Approved,
  review: Review
): Promise<Result<Review, AdvanceError>> {
  if (step.versionState !== 'approved') return ok(review)
  let at = review
  if (at.state === 'SUPERVISING_ENGINEER_REVIEWED' && !at.reviewRequired) {
    const registered = await advance(unit, { reviewId: review.id, event: 'register', as: 'program' })
    if (!registered.ok) return registered
    at = registered.value
  }
  if (at.state !== 'REGISTERED' && at.state !== 'REVIEWED_AGAIN') return ok(at)
  const released = await advance(unit, {
    reviewId: review.id,
    event: 'release',
    as: 'program',
    payload: { version: version.id, sha256: version.sha256 },
  })
  if (released.ok) await unit.update('plans', plan.id, { implementable_version_id: version.id })
  return released
}

async function tell(unit: UnitOfWork, { plan, parties, version, input, step }: Approved): Promise<void> {
  const params = { plan: plan.name, number: plan.number, version: version.number }
  const writers = (await peopleOf(plan.organisation_id, ['organiser'])).map((person) => person.userId)
  const kind = input.decision === 'return' ? 'plan.returned' : `plan.${input.kind}_approved`
  await notify(unit, {
    userIds: writers,
    kind,
    params: { ...params, reasons: input.reasons },
    href: `/plans/${plan.id}`,
    objectId: plan.id,
  })
  if (step.versionState !== 'contractor_reviewed') return
  const supervisors = parties.flatMap((party) =>
    party.role === 'supervision' && party.lead_user_id ? [party.lead_user_id] : []
  )
  await notify(unit, {
    userIds: supervisors,
    kind: 'plan.to_review',
    params,
    href: `/plans/${plan.id}/review`,
    objectId: plan.id,
  })
}
