import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { notFound } from '#core/exceptions/refusal'
import { regulation } from '#core/jurisdiction'
import { fail, ok, type Result } from '#lib/result'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { lockReview, reviewOfPlan, reviewStream, type AdvanceError, type Review } from '#reviews/public'
import { putCheck } from '#plans/actions/change_content'
import { moveAfterApproval } from '#plans/actions/move_after_approval'
import {
  decideApproval as decide,
  type ApprovalKind,
  type ApprovalRefusal,
} from '#plans/domain/approvals_follow_in_order'
import {
  selfCheckFaults,
  type SelfCheckFault,
  type Tick,
} from '#plans/domain/severe_defect_stops_the_next_step'
import type { CheckStep, PartyRow, PlanRow, VersionRow } from '#plans/models/rows'
import { approvalsOf, lockPlan, partiesOf, planFor, versionsOf } from '#plans/queries/load_plan'

export interface Decision {
  readonly kind: ApprovalKind
  readonly version: number
  readonly decision: 'approve' | 'return'
  readonly reasons: readonly string[]
  readonly registrationNumber: string | null
  readonly ticks: readonly Tick[]
}

export type DecisionError =
  | ApprovalRefusal
  | AdvanceError
  | { code: 'E_OTHER_VERSION'; number: number }
  | { code: 'E_REASONS_NEEDED' }
  | { code: 'E_REGISTRATION_NEEDED' }
  | { code: 'E_TICKS'; faults: SelfCheckFault[] }

const ROLE: Readonly<Record<ApprovalKind, string>> = {
  contractor: 'general_contractor',
  subcontractor: 'subcontractor',
  supervision: 'supervision',
}
const STEP: Readonly<Record<ApprovalKind, CheckStep>> = {
  contractor: 'contractor_review',
  subcontractor: 'subcontractor_review',
  supervision: 'supervision_review',
}

/** Which review is this person's, by the party they are named for; null when none. */
export function approvalKindOf(actor: Actor, parties: readonly PartyRow[]): ApprovalKind | null {
  const kinds: ApprovalKind[] =
    actor.kind === 'supervising_engineer'
      ? ['supervision']
      : actor.kind === 'technical_head'
        ? ['contractor', 'subcontractor']
        : []
  const mine = (kind: ApprovalKind) =>
    parties.some(
      (party) =>
        party.role === ROLE[kind] &&
        party.lead_user_id === actor.userId &&
        party.organisation_id === actor.organisationId
    )
  return kinds.find(mine) ?? null
}

/**
 * PLAN-3: 施工单位审核 or 监理审查 of exactly the version the person has read, with the severe-defects list
 * ticked once more (PLAN-7). A return needs reasons; the chief supervising engineer's approval needs the
 * number of the 执业印章.
 */
export async function decideApproval(actor: Actor, planId: string, input: Decision) {
  await planFor(actor, planId)
  return recordResult<{ versionState: string; reviewState: string }, DecisionError>(actor, async (unit) => {
    const plan = await lockPlan(unit.trx, planId)
    const parties = await partiesOf(planId, unit.trx)
    if (approvalKindOf(actor, parties) !== input.kind) throw notFound()
    const current = await reviewOfPlan(planId, unit.trx)
    const review = await lockReview(unit.trx, current!.id)
    const [version] = await versionsOf(planId, unit.trx)
    if (!version || version.number !== input.version)
      return fail({ code: 'E_OTHER_VERSION', number: version?.number ?? 0 })
    return settle(unit, { plan, parties, review, version }, input, {
      name: actor.name,
      organisationId: actor.organisationId!,
    })
  })
}

interface Case {
  readonly plan: PlanRow
  readonly parties: readonly PartyRow[]
  readonly review: Review
  readonly version: VersionRow
}

/** The decision itself, also for an approval that comes as scanned pages (`scan`). */
export async function settle(
  unit: UnitOfWork,
  { plan, parties, review, version }: Case,
  input: Decision,
  signer: { name: string; organisationId: string; scanSha256?: string }
): Promise<Result<{ versionState: string; reviewState: string }, DecisionError>> {
  const approved = (await approvalsOf([version.id], unit.trx))
    .filter((one) => one.decision === 'approve')
    .map((one) => one.step)
  const facts = {
    reviewState: review.state,
    conclusion: review.conclusion,
    versionState: version.state,
    bySubcontractor: plan.by_subcontractor,
    approved,
  }
  const step = decide(input.kind, input.decision, facts)
  if (!step.ok) return step
  const fault = await faultOf(input, version)
  if (fault) return fail(fault)
  await unit.insert('plan_approvals', {
    id: newId(),
    version_id: version.id,
    step: input.kind,
    decision: input.decision,
    by_user_id: unit.actor.userId!,
    organisation_id: signer.organisationId,
    signer_name: signer.name,
    registration_number: input.registrationNumber,
    reasons: input.reasons,
    scan_sha256: signer.scanSha256 ?? null,
    at: unit.at,
  })
  if (input.ticks.length > 0) await putCheck(unit, version.id, STEP[input.kind], input.ticks)
  await unit.update('plan_versions', version.id, { state: step.value.versionState })
  unit.entry({
    stream: reviewStream(review.id),
    type: input.decision === 'approve' ? 'plan.approved' : 'plan.returned',
    payload: {
      version: version.id,
      sha256: version.sha256,
      step: input.kind,
      reasons: input.reasons,
      registration: input.registrationNumber,
    },
  })
  const moved = await moveAfterApproval(unit, { plan, parties, review, version, input, step: step.value })
  return moved.ok ? ok({ versionState: step.value.versionState, reviewState: moved.value.state }) : moved
}

async function faultOf(input: Decision, version: VersionRow): Promise<DecisionError | null> {
  if (input.decision === 'return') return input.reasons.length > 0 ? null : { code: 'E_REASONS_NEEDED' }
  if (input.kind === 'supervision' && !input.registrationNumber?.trim())
    return { code: 'E_REGISTRATION_NEEDED' }
  const categories = version.works.map((work) => work.category)
  const faults = selfCheckFaults(categories, input.ticks, await regulation())
  const outside = input.ticks
    .filter((tick) => tick.page !== null && tick.page > version.page_count)
    .map((tick) => ({ code: 'page_missing' as const, item: tick.item }))
  return faults.length + outside.length > 0 ? { code: 'E_TICKS', faults: [...faults, ...outside] } : null
}
